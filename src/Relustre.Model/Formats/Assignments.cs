namespace Relustre.Formats;

/// <summary>The shell's KEY=VALUE, with or without quotes: sysconfig and default files, os-release, sysctl.conf.</summary>
internal sealed class Assignments : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.JoinedLines
        where !line.IsComment
        let parts = line.Split('=', 2)
        where parts.Length == 2
        let key = KeyIn(parts[0])
        where key.Length > 0 && !key.Any(char.IsWhiteSpace)
        let value = ValueIn(parts[1].Trim())
        select new Setting(key, value);

    // "export KEY=…", and dracut's "add_drivers+=…".
    private static string KeyIn(string text)
    {
        var key = text.Trim().TrimEnd('+');
        return key.StartsWith("export ", StringComparison.Ordinal) ? key["export ".Length..].TrimStart() : key;
    }

    private static string ValueIn(string text) => text is ['"' or '\'', ..] ? text.Unquoted : string.Join(' ', text.WithoutTrailingComment.Words);
}
