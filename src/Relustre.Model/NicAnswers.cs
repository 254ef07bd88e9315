using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Relustre;

/// <summary>
/// What tools said of cards that have others in their places by now, as they would say it of those: so a new card is no
/// difference, and an address or an MTU that it does not have is one.
/// </summary>
internal static partial class NicAnswers
{
    // What a card brings with it; its MTU, bond and addresses are settings.
    [GeneratedRegex(@"\b(mac|path|driver|port)=\S*")]
    private static partial Regex OfTheCard { get; }

    public static ComponentState In(ComponentState state, ComponentState found, NicNames names, NicMapping cards)
    {
        var changed = cards.Pairs.Where(pair => pair.Reason != NicMapping.Reason.SameMac).ToList();
        return changed.Count == 0 ? state : state with { Tools = [.. state.Tools.Select(tool => Of(tool, found.Said(tool.Name) ?? "", names, changed))] };
    }

    private static ToolOutput Of(ToolOutput tool, string found, NicNames names, IReadOnlyList<NicMapping.Pair> changed)
    {
        var text = changed.Aggregate(names.In(tool.Text), WithLinkLocal);
        if (tool.Name == "nics")
            text = string.Join('\n', text.Split('\n').Select(line => changed.FirstOrDefault(pair => IsOf(line, pair)) is { } pair ? WithPartsOf(line, found, pair) : line));
        return text == tool.Text ? tool : tool with { Output = Encoding.UTF8.GetBytes(text) };
    }

    private static bool IsOf(string line, NicMapping.Pair pair) =>
        line.StartsWith($"{pair.Wanted.Name} ", StringComparison.Ordinal) || line.StartsWith($"{pair.Found.Name} ", StringComparison.Ordinal);

    private static string WithPartsOf(string line, string found, NicMapping.Pair pair)
    {
        var now = found.Split('\n').FirstOrDefault(other => other.StartsWith($"{pair.Found.Name} ", StringComparison.Ordinal));
        return now is null ? line : OfTheCard.Replace(line, part => OfTheCard.Matches(now).FirstOrDefault(other => other.Groups[1].Value == part.Groups[1].Value)?.Value ?? part.Value);
    }

    // The address that a card gives itself is made from its MAC.
    private static string WithLinkLocal(string text, NicMapping.Pair pair) =>
        LinkLocal(pair.Wanted) is { } old && LinkLocal(pair.Found) is { } now ? text.Replace($"{old}/", $"{now}/", StringComparison.Ordinal) : text;

    // RFC 4291, appendix A: the address' middle is ff:fe, and the bit that says "given by the maker" is turned over.
    private static string? LinkLocal(Facts.NetworkFacts.Interface nic)
    {
        byte[] mac;
        try
        {
            mac = Convert.FromHexString((nic.Mac ?? "").Replace(":", "", StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            return null;
        }
        if (mac.Length != 6)
            return null;
        var first = ((mac[0] ^ 2) << 8) | mac[1];
        return string.Create(CultureInfo.InvariantCulture, $"fe80::{(first == 0 ? "" : $"{first:x}:")}{(mac[2] << 8) | 0xff:x}:{0xfe00 | mac[3]:x}:{(mac[4] << 8) | mac[5]:x}");
    }
}
