namespace Relustre.Formats;

/// <summary>A named part of nested text. Namesakes are told apart by what they are about, so that their order says nothing.</summary>
internal sealed class Block(string name)
{
    /// <summary>Deeper blocks are read as part of the one they are in: no server nests like that, a hostile one might.</summary>
    public const int MaxDepth = 32;

    private const int MaxName = 200;

    // What names a block of its kind: a ring's number, a node's id, a LUN's WWID, a network's type …
    private static readonly string[][] identities =
    [
        ["nodeid"], ["ringnumber"], ["linknumber"], ["wwid"], ["subsys"], ["vendor", "product"],
        ["net type"], ["primary nid"], ["nid"], ["net", "gateway"], ["net"], ["name"], ["ring0_addr"],
    ];

    public string Name { get; } = name.Length > MaxName ? name[..MaxName] : name;

    public List<(string Key, string Value)> Values { get; } = [];

    public List<Block> Blocks { get; } = [];

    /// <summary>The last value of <paramref name="key"/>, as the programs that read such files take it; null: not there.</summary>
    public string? Value(string key) => Values.LastOrDefault(value => value.Key == key).Value;

    public IEnumerable<Block> Named(string name) => Blocks.Where(block => block.Name == name);

    public IReadOnlyList<Setting> Settings()
    {
        var settings = new List<Setting>();
        Tell("", settings);
        return settings;
    }

    private void Tell(string prefix, List<Setting> settings)
    {
        var seen = new Dictionary<string, int>();
        foreach (var (key, value) in Values)
            settings.Add(new(Join(prefix, Numbered(seen, key)), value));
        foreach (var block in Blocks)
            block.Tell(Join(prefix, Numbered(seen, block.Label)), settings);
    }

    private string Label => Identity is { } identity ? $"{Name}({identity})" : Name;

    // A blacklist is a list of WWIDs, not about one.
    private string? Identity => Name.StartsWith("blacklist", StringComparison.Ordinal) ? null : identities
        .Select(keys => keys.Select(Value).ToArray())
        .Where(values => values.All(value => value is not null))
        .Select(values => string.Join(' ', values))
        .Select(identity => identity.Length > MaxName ? identity[..MaxName] : identity)
        .FirstOrDefault();

    private static string Join(string prefix, string label) =>
        prefix.Length == 0 || label.StartsWith('(') || label.StartsWith('#') ? prefix + label : $"{prefix}.{label}";

    private static string Numbered(Dictionary<string, int> seen, string label)
    {
        var count = seen[label] = seen.GetValueOrDefault(label) + 1;
        return count > 1 || label.Length == 0 ? $"{label}#{count}" : label;
    }
}
