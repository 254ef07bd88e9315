using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>By which names and addresses a server is known, also to itself.</summary>
internal sealed class OwnNames
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, string> hosts;
    private readonly bool knowsAddresses;

    public OwnNames(ServerView server)
    {
        names.UnionWith([server.Host, Short(server.Host)]);
        if (server.Fact<SystemFacts>()?.HostName is { } own)
            names.UnionWith([own, Short(own)]);
        var network = server.Fact<NetworkFacts>()?.Interfaces ?? [];
        addresses.UnionWith(network.SelectMany(nic => nic.Addresses).Select(address => address.Split('/')[0]));
        Macs = [.. network.SelectMany(nic => new[] { nic.Mac, nic.PermanentMac, nic.PortGuid }).OfType<string>()];
        knowsAddresses = addresses.Any(address => !IsLoopback(address));
        hosts = (server.Fact<NameResolutionFacts>()?.Hosts ?? [])
            .SelectMany(entry => entry.Names.Select(name => (name, entry.Address))).ToLookup(pair => pair.name, pair => pair.Address, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Everything by which this server can be meant in a text: names, addresses, cards.</summary>
    public IEnumerable<string> Words => names.Concat(addresses.Where(address => !IsLoopback(address))).Concat(Macs);

    private IReadOnlyList<string> Macs { get; }

    /// <summary>Whether a node's name or address means this server; null: nobody here can tell.</summary>
    public bool? Is(string node)
    {
        if (names.Contains(node) || names.Contains(Short(node)) || addresses.Contains(node))
            return true;
        var meant = IsAddress(node) ? [node] : Resolved(node);
        return meant.Any(addresses.Contains) ? true : meant.Count > 0 && knowsAddresses ? false : null;
    }

    /// <summary>The addresses that /etc/hosts has for a name.</summary>
    public IReadOnlyList<string> Resolved(string name) => [.. hosts[name]];

    public static bool IsAddress(string word) => word.Contains(':') || (word.Length > 0 && word.All(unit => char.IsAsciiDigit(unit) || unit == '.'));

    // An address has no short form.
    private static string Short(string name) => IsAddress(name) ? name : name.Split('.')[0];

    private static bool IsLoopback(string address) => address.StartsWith("127.", StringComparison.Ordinal) || address == "::1";
}
