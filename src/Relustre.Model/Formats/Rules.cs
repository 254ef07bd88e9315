namespace Relustre.Formats;

/// <summary>Rules that are applied from top to bottom (udev, rsyslog): a line each, known by its first word or, with a name, by that.</summary>
internal sealed class Rules(string? name = null) : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.JoinedLines
        where !line.IsComment
        let words = line.WithoutTrailingComment.Words
        where words.Length > 0
        let isWhole = name is not null
        select new Setting(name ?? words[0], string.Join(' ', isWhole ? words : words[1..])) { Sequence = "" };
}
