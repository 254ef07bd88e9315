namespace Relustre.Formats;

/// <summary>A file or an answer that is one value as a whole: a name, an id, a command line.</summary>
internal sealed class SingleValue : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim() is { Length: > 0 } value ? [new Setting("value", value)] : [];
}
