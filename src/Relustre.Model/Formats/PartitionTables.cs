namespace Relustre.Formats;

/// <summary>What <c>sfdisk -d</c> prints, one disk after the other: a partition is a setting, and each disk's own label are some.</summary>
internal sealed class PartitionTables : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var heading = new List<(string Key, string Value)>();
        var settings = new List<Setting>();
        var disk = "";
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is ['#', ..])
                disk = line.Words is [.., "of", var named] ? named : disk;
            else if (line.StartsWith('/') && line.IndexOf(" : ", StringComparison.Ordinal) is > 0 and var at)
                settings.Add(new(line[..at].TrimEnd(), string.Join(' ', line[(at + 3)..].Words)));
            else if (line.Split(':', 2, StringSplitOptions.TrimEntries) is [var key, var value])
                (disk, settings) = Head(key, value, disk, heading, settings);
        }
        return settings.Concat(heading.Select(one => new Setting($"{disk} {one.Key}", one.Value)));
    }

    // What stands before "device:" is already the next disk's.
    private static (string Disk, List<Setting> Settings) Head(string key, string value, string disk, List<(string Key, string Value)> heading, List<Setting> settings)
    {
        if (key is "label" or "unit" && heading.Any(one => one.Key == key))
        {
            settings.AddRange(heading.Select(one => new Setting($"{disk} {one.Key}", one.Value)));
            heading.Clear();
        }
        if (key == "device")
            return (value, settings);
        heading.Add((key, value));
        return (disk, settings);
    }
}
