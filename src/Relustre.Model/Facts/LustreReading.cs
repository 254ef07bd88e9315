using System.Text.RegularExpressions;

namespace Relustre.Facts;

/// <summary>Tells from ldev.conf and Lustre's tools which targets a server may serve and serves.</summary>
internal static partial class LustreReading
{
    [GeneratedRegex(@"^(\S+) on (.+) type lustre(?:_tgt)? \((.*)\)$", RegexOptions.NonBacktracking)]
    private static partial Regex Mount { get; }

    public static LustreFacts? Facts(ComponentState state)
    {
        var facts = new LustreFacts
        {
            Version = Version(state.Said("version.txt")),
            Ldev = [.. Formats.Lines.Rows(state.Text("/etc/ldev.conf") ?? "").Select(Entry).OfType<LdevEntry>()],
            Mounts = [.. Lines(state.Said("mounts.txt")).Select(line => Mount.Match(line)).Where(match => match.Success).Select(Mounted)],
        };
        return facts is { Version: null, Ldev: [], Mounts: [] } ? null : facts;
    }

    private static string[] Lines(string? text) => text?.Split('\n', StringSplitOptions.TrimEntries) ?? [];

    // Up to 2.9 several lines, "lustre: 2.5.42"; then the version alone.
    private static string? Version(string? text) => Lines(text)
        .Select(line => line.StartsWith("lustre:", StringComparison.Ordinal) ? line[7..].Trim() : line)
        .FirstOrDefault(line => line.Length > 0 && char.IsAsciiDigit(line[0]));

    // LOCAL FOREIGN|- LABEL [ldiskfs:|md:|zfs:]DEVICE [JOURNAL|-]
    private static LdevEntry? Entry(string[] words) =>
        words is [var local, var foreign, var label, var device, .. var rest]
            ? new()
            {
                Local = local,
                Foreign = foreign == "-" ? null : foreign,
                Label = label,
                Device = device[(Kind(device) + 1)..],
                IsZfs = device.StartsWith("zfs:", StringComparison.Ordinal),
                Journal = rest is [var journal, ..] && journal != "-" ? journal : null,
            }
            : null;

    private static int Kind(string device) => device.IndexOf(':') is var colon && device.IndexOf('/') is var slash && colon < slash ? colon : -1;

    private static LustreMount Mounted(Match match) => new(match.Groups[1].Value, match.Groups[2].Value)
    {
        Target = match.Groups[3].Value.Split(',').Where(option => option.StartsWith("svname=", StringComparison.Ordinal))
            .Select(option => option[7..]).FirstOrDefault(),
    };
}
