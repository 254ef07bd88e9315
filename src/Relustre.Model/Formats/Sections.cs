namespace Relustre.Formats;

/// <summary>
/// INI in all its kinds: yum repositories, systemd units, NetworkManager profiles, sssd. A setting's key is
/// <c>section.key</c>; a key given twice stays two settings, as systemd wants it.
/// </summary>
internal sealed class Sections : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from entry in Entries(text)
        select new Setting(entry.Section.Length == 0 ? entry.Key : $"{entry.Section}.{entry.Key}", entry.Value);

    /// <summary>The same with section and key apart, since both may have dots.</summary>
    public static IEnumerable<(string Section, string Key, string Value)> Entries(string text)
    {
        var section = "";
        var key = "";
        foreach (var line in text.JoinedLines)
        {
            var trimmed = line.Trim();
            if (line.IsComment || trimmed == "}")
                continue;
            if (trimmed is ['[', .. var name, ']'])
                (section, key) = (name.Trim(), "");
            else if (key.Length > 0 && IsContinuation(line))
                yield return (section, key, trimmed);
            else
            {
                var parts = trimmed.Split('=', 2, StringSplitOptions.TrimEntries);
                key = parts[0];
                yield return (section, key, parts.Length == 2 ? parts[1] : "");
            }
        }
    }

    // A yum repository's second baseurl stands indented, and may have "=" in its query; an indented "key = value" is just untidy.
    private static bool IsContinuation(string line) =>
        char.IsWhiteSpace(line[0]) &&
        (line.IndexOf('=', StringComparison.Ordinal) is var at && at < 0 || line.AsSpan(0, at).Contains("://", StringComparison.Ordinal));
}
