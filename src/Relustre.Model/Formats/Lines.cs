namespace Relustre.Formats;

/// <summary>One setting a line: its first word is the key, the other words are the value, however they are aligned.</summary>
/// <param name="isOfDatabases">Its keys are databases or services, of which <c>passwd</c> is one.</param>
internal sealed class Lines(bool isOfDatabases = false) : Format
{
    internal override bool IsSecret(string name, string value) => !(isOfDatabases && name is "passwd") && base.IsSecret(name, value);

    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from words in Rows(text)
        let key = words[0].Length > 1 ? words[0].TrimEnd(':') : words[0]
        let value = string.Join(' ', words.Skip(1))
        select new Setting(key, value);

    /// <summary>The words of every line that is no comment.</summary>
    public static IEnumerable<string[]> Rows(string text) =>
        from line in text.TrimmedLines
        where !line.IsComment || IsInclude(line)
        select line.WithoutTrailingComment.Words;

    // In sudoers this is no comment, whatever it looks like.
    private static bool IsInclude(string line) =>
        line.StartsWith("#include ", StringComparison.Ordinal) || line.StartsWith("#includedir ", StringComparison.Ordinal);
}
