namespace Relustre.Formats;

/// <summary>yumdb: where a package came from and who asked for it, by its name, since its version is told elsewhere.</summary>
internal sealed class YumOrigins : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.TrimmedLines
        let slash = line.IndexOf('/', StringComparison.Ordinal)
        let colon = line.IndexOf(':', Math.Max(slash, 0))
        where slash > 0 && colon > slash
        let parts = line[..slash].Split('-')
        let name = parts.Length > 3 ? $"{string.Join('-', parts[..^3])}.{parts[^1]}" : line[..slash]
        select new Setting($"{name} {line[(slash + 1)..colon]}", line[(colon + 1)..]);
}
