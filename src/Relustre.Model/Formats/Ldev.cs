namespace Relustre.Formats;

/// <summary>ldev.conf: a line a target, by the target's label, since a server has many.</summary>
internal sealed class Ldev : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from words in Formats.Lines.Rows(text)
        select words is [var local, var foreign, var label, .. var rest]
            ? new Setting(label, string.Join(' ', [local, foreign, .. rest]))
            : new Setting(words[0], string.Join(' ', words.Skip(1)));
}
