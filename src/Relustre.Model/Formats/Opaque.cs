namespace Relustre.Formats;

internal sealed class Opaque : Format
{
    public override IEnumerable<Setting> Read(string text) => [];
}
