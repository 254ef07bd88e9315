namespace Relustre.Formats;

/// <summary>known_hosts: a key by its host and kind.</summary>
internal sealed class HostKeys : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from words in Formats.Lines.Rows(text)
        let about = words[0].StartsWith('@') ? 3 : 2
        select Rows.Keyed(words, Math.Min(about, Math.Max(1, words.Length - 1)));
}
