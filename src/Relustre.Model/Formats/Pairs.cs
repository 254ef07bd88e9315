using System.Text.RegularExpressions;

namespace Relustre.Formats;

/// <summary>Lines of KEY="VALUE" pairs as lsblk, blkid and our own loops print them; a setting's key is what the line begins with.</summary>
internal sealed partial class Pairs : Format
{
    // From the beginning of a word and no further than a name is long: a line of one long word is looked at once.
    [GeneratedRegex("""(?<![A-Za-z0-9_:-])([A-Za-z][A-Za-z0-9_:-]{0,63})=("[^"]*"|\S*)""")]
    private static partial Regex Pair { get; }

    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.TrimmedLines
        where !line.IsComment
        let words = line.Split(' ', 2)
        let name = words[0].Split('=', 2)[^1].Unquoted.TrimEnd(':')
        select new Setting(name, words.Length == 2 ? words[1] : "");

    /// <summary>What one line says; a key that comes twice keeps its last value.</summary>
    public static IReadOnlyList<Setting> In(string line) =>
        [.. from Match match in Pair.Matches(line) select new Setting(match.Groups[1].Value, match.Groups[2].Value.Unquoted)];
}
