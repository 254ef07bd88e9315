namespace Relustre.Formats;

/// <summary><c>key value</c>, <c>key=value</c> or <c>key: value</c> a line, as programs without a grammar of their own have it.</summary>
internal sealed class Options : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.JoinedLines
        let trimmed = line.Trim()
        where !trimmed.IsComment
        let content = trimmed.WithoutTrailingComment
        let at = content.AsSpan().IndexOfAny(" \t=:")
        let key = at < 0 ? content : content[..at]
        where key.Length > 0
        let value = at < 0 ? "" : string.Join(' ', content[at..].TrimStart(' ', '\t', '=', ':').Words)
        select new Setting(key, value.Unquoted);
}
