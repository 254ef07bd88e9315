namespace Relustre.Formats;

internal sealed class Opaque : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) => [];
}
