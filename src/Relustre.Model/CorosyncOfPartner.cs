using System.Text;
using System.Text.RegularExpressions;

namespace Relustre;

/// <summary>
/// What a living partner has of Corosync is newer than any backup, and a node with other words or another key does not join it.
/// Only what tells the nodes apart stays this node's own.
/// </summary>
internal static partial class CorosyncOfPartner
{
    // The quorum device's certificates and the daemons' options are each node's own.
    private static readonly string[] Shared = ["/etc/corosync/corosync.conf", "/etc/corosync/authkey", "/etc/corosync/uidgid.d/", "/etc/corosync/service.d/", "/etc/cluster/"];

    [GeneratedRegex(@"^(?<before>\s*(?<key>nodeid|bindnetaddr)\s*:\s*)(?<value>[^\s#]+)(?<after>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex OwnLine { get; }

    public static bool IsShared(string path) => Shared.Any(place => place.EndsWith('/') ? path.StartsWith(place, StringComparison.Ordinal) : path == place);

    /// <summary>The partner's shared files and the rest of <paramref name="wanted"/>; unchanged where no partner tells.</summary>
    public static ComponentState Of(ComponentState wanted, ComponentState? partner)
    {
        if (partner is null || partner.Text("/etc/corosync/corosync.conf", "/etc/cluster/cluster.conf") is null)
            return wanted;
        return wanted with
        {
            Files =
            [
                .. (from file in wanted.Files where !IsShared(file.Path) select file)
                    .Concat(from file in partner.Files where IsShared(file.Path) select ForThisNode(file, wanted.File(file.Path)))
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ],
        };
    }

    private static CapturedFile ForThisNode(CapturedFile partners, CapturedFile? own) =>
        partners is { Kind: FileKind.File, Path: "/etc/corosync/corosync.conf" } && own is { Kind: FileKind.File }
            ? partners with { Content = Encoding.UTF8.GetBytes(Merged(partners.Text, own.Text)) }
            : partners;

    // Only in the totem section: a node list says the same on both nodes. Where the nodes do not have the same lines, the partner's count.
    private static string Merged(string partners, string own)
    {
        var ours = InTotem(own).Select(line => OwnLine.Match(line.Text)).Where(match => match.Success).ToList();
        var theirs = InTotem(partners).Where(line => OwnLine.IsMatch(line.Text)).ToList();
        if (!ours.Select(match => match.Groups["key"].Value).SequenceEqual(theirs.Select(line => OwnLine.Match(line.Text).Groups["key"].Value)))
            return partners;
        var lines = partners.Split('\n');
        foreach (var (line, match) in theirs.Zip(ours))
            lines[line.Number] = OwnLine.Replace(line.Text, found => found.Groups["before"].Value + match.Groups["value"].Value + found.Groups["after"].Value);
        return string.Join('\n', lines);
    }

    private static IEnumerable<(int Number, string Text)> InTotem(string text)
    {
        var (depth, isTotem) = (0, false);
        foreach (var (number, line) in text.Split('\n').Index())
        {
            var words = line.Trim();
            if (words.StartsWith('#'))
                continue;
            if (words.EndsWith('{') && depth++ == 0)
                isTotem = words.StartsWith("totem", StringComparison.Ordinal);
            else if (words.StartsWith('}'))
                depth = Math.Max(depth - 1, 0);
            else if (isTotem && depth > 0)
                yield return (number, line);
        }
    }
}
