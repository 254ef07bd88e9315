using System.Globalization;

namespace Relustre.Rules;

/// <summary>A network of IPv4, such as <c>10.1.2.3/24</c> is in.</summary>
internal readonly record struct Ipv4Net(uint First, int Prefix)
{
    /// <summary>Null: it is no IPv4 address with a prefix length.</summary>
    public static Ipv4Net? Of(string address) =>
        address.Split('/') is [var host, var length] && Number(host) is { } number
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix is > 0 and <= 32
            ? new(number & Mask(prefix), prefix)
            : null;

    public bool Has(string address) => Number(address) is { } number && (number & Mask(Prefix)) == First;

    private static uint Mask(int prefix) => uint.MaxValue << (32 - prefix);

    private static uint? Number(string address)
    {
        if (address.Split('.') is not { Length: 4 } parts)
            return null;
        var number = 0u;
        foreach (var part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var one))
                return null;
            number = (number << 8) | one;
        }
        return number;
    }
}
