namespace Relustre.Formats;

/// <summary>What corosync-cmapctl prints: <c>key (type) = value</c>.</summary>
internal sealed class Cmap : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.TrimmedLines
        let at = line.IndexOf(" = ", StringComparison.Ordinal)
        let key = at < 0 ? line.TrimEnd('=').TrimEnd() : line[..at]
        let type = key.LastIndexOf(" (", StringComparison.Ordinal)
        select new Setting(type > 0 ? key[..type] : key, at < 0 ? "" : line[(at + 3)..].Trim());
}
