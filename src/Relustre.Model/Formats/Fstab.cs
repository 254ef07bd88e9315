namespace Relustre.Formats;

/// <summary>fstab: a setting is a mount point, since that is what an administrator looks for; swap goes by its device.</summary>
internal sealed class Fstab : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from row in Formats.Lines.Rows(text)
        where row.Length > 1
        let isPlace = row[1].StartsWith('/')
        let value = string.Join(' ', isPlace ? [row[0], .. row.Skip(2)] : row.Skip(1))
        select new Setting(isPlace ? row[1] : row[0], value);
}
