namespace Relustre.Facts;

/// <summary>Tells from zpool's and zfs's properties which pools and targets a server had.</summary>
internal static class ZfsReading
{
    public static ZfsFacts? Facts(ComponentState state)
    {
        var pools = Properties(state.Said("pools.txt"));
        var datasets = Properties(state.Said("datasets.txt"));
        var own = Properties(state.Said("local-properties.txt"));
        if (pools.Count == 0 && !state.Files.Any(file => file.Kind == FileKind.File))
            return null;
        return new()
        {
            HostId = state.Said("hostid.txt")?.Trim(),
            Pools = [.. pools.Select(pool => Pool(pool.Key, pool.Value, datasets, own))],
        };
    }

    private static ZfsPool Pool(string name, Dictionary<string, string> properties,
        SortedDictionary<string, Dictionary<string, string>> datasets, SortedDictionary<string, Dictionary<string, string>> own) => new()
        {
            Name = name,
            PoolGuid = properties.GetValueOrDefault("guid"),
            Health = properties.GetValueOrDefault("health"),
            CacheFile = properties.GetValueOrDefault("cachefile"),
            Multihost = properties.GetValueOrDefault("multihost"),
            Datasets =
            [
                .. from dataset in datasets
                   where dataset.Key == name || dataset.Key.StartsWith(name + "/", StringComparison.Ordinal)
                   select new ZfsDataset
                   {
                       Name = dataset.Key,
                       DatasetGuid = dataset.Value.GetValueOrDefault("guid"),
                       Target = own.GetValueOrDefault(dataset.Key)?.GetValueOrDefault("lustre:svname"),
                   },
            ],
        };

    // NAME <tab> PROPERTY <tab> VALUE …
    private static SortedDictionary<string, Dictionary<string, string>> Properties(string? text)
    {
        var all = new SortedDictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var line in text?.Split('\n') ?? [])
        {
            if (line.Split('\t') is not [{ Length: > 0 } name, var property, var value, ..])
                continue;
            if (!all.TryGetValue(name, out var properties))
                all[name] = properties = [];
            properties[property] = value;
        }
        return all;
    }
}
