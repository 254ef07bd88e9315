using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>Everything that one component said in a host's snapshots, by stretches in which none of its files and tools changed.</summary>
internal sealed class SettingPast(Component component)
{
    private readonly List<(ILookup<string, Setting> Settings, List<StoredSnapshot> Of)> stretches = [];
    private readonly HashSet<string> secret = new(StringComparer.Ordinal);

    public Component Component { get; } = component;

    /// <summary>Every key that was ever there.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    public bool IsSecret(string key) => secret.Contains(key);

    public void Add(StoredSnapshot snapshot, IEnumerable<Setting> settings)
    {
        var said = settings.ToLookup(setting => setting.Key);
        stretches.Add((said, [snapshot]));
        Keys.UnionWith(said.Select(same => same.Key));
        secret.UnionWith(said.Where(same => same.Any(setting => setting.IsSecret)).Select(same => same.Key));
    }

    public void Extend(StoredSnapshot snapshot) => stretches[^1].Of.Add(snapshot);

    /// <summary>The values of one key, each with the snapshots that have it; one that stood several times has several.</summary>
    public IReadOnlyList<(IReadOnlyList<Setting> Value, List<StoredSnapshot> Of)> ValuesOf(string key)
    {
        var values = new List<(IReadOnlyList<Setting> Value, List<StoredSnapshot> Of)>();
        foreach (var (settings, of) in stretches)
        {
            List<Setting> value = [.. settings[key]];
            if (values is [.., var last] && last.Value.Select(setting => setting.Value).SequenceEqual(value.Select(setting => setting.Value)))
                last.Of.AddRange(of);
            else
                values.Add((value, [.. of]));
        }
        return values;
    }

    public static string? Shown(IReadOnlyList<Setting> value) => value.Count == 0 ? null : string.Join(" | ", value.Select(setting => setting.Shown));
}
