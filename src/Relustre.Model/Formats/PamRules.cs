namespace Relustre.Formats;

/// <summary>
/// A stack of PAM's, asked from top to bottom: each of the four questions has its own order, and an included file comes
/// between all of them.
/// </summary>
internal sealed class PamRules : Format
{
    // "password" is a question here.
    internal override bool IsSecret(string name, string value) => name is not ("password" or "-password") && base.IsSecret(name, value);

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var rows = text.JoinedLines.Where(line => !line.IsComment).Select(line => line.WithoutTrailingComment.Words).Where(words => words.Length > 0).ToList();
        var hasIncludes = rows.Any(words => words[0].StartsWith('@'));
        return
        [
            .. from words in rows
               let question = words[0].TrimStart('-')
               select new Setting(words[0], string.Join(' ', words.Skip(1))) { Sequence = hasIncludes ? "" : question },
        ];
    }
}
