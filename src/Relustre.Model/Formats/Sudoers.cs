namespace Relustre.Formats;

/// <summary>sudoers: of rules that fit the last one counts, so their order is theirs; a number sign before digits is a user's id.</summary>
internal sealed class Sudoers : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.JoinedLines
        let trimmed = line.Trim()
        where trimmed.Length > 0 && !IsNote(trimmed)
        let words = WithoutNote(trimmed).Words
        where words.Length > 0
        let about = words[0].EndsWith("_Alias", StringComparison.Ordinal) && words.Length > 1 ? 2 : 1
        select new Setting(string.Join(' ', words.Take(about)), string.Join(' ', words.Skip(about)).TrimStart('=', ' ')) { Sequence = "" };

    private static bool IsNote(string line) => line[0] == '#' && !(line.Length > 1 && char.IsAsciiDigit(line[1]))
        && !line.StartsWith("#include", StringComparison.Ordinal);

    private static string WithoutNote(string line)
    {
        for (var at = 1; at < line.Length; at++)
            if (line[at] == '#' && char.IsWhiteSpace(line[at - 1]) && !(at + 1 < line.Length && char.IsAsciiDigit(line[at + 1])))
                return line[..at];
        return line;
    }
}
