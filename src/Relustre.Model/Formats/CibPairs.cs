using Relustre.Facts;

namespace Relustre.Formats;

/// <summary>The names and values in a CIB's sets of attributes.</summary>
internal static class CibPairs
{
    private static readonly Dictionary<string, string> sets = new()
    {
        ["instance_attributes"] = "parameter ",
        ["meta_attributes"] = "meta ",
        ["utilization"] = "utilization ",
    };

    /// <summary>All sets below an element; of a section or a node, their kind says nothing.</summary>
    public static IEnumerable<Setting> Of(string about, CibElement element, CibReferences references, bool isFencing = false, bool hasKinds = false) =>
        from set in element.Children
        where set.Name is "instance_attributes" or "meta_attributes" or "utilization" or "cluster_property_set"
        let kind = hasKinds || set.Name == "utilization" ? sets.GetValueOrDefault(set.Name, "") : ""
        let meant = references.Meant(set)
        let condition = Condition(meant)
        from pair in meant.Named("nvpair")
        let said = references.Meant(pair)
        let name = pair["name"] ?? said["name"] ?? said.Id
        where !Cib.IsNoise(name)
        select new Setting(about + kind + Cib.Short(name) + condition, said["value"] ?? "")
        {
            IsSecret = !FenceWords.IsPublic(said, isFencing && kind is "" or "parameter ") || SecretName.IsIn(name),
        };

    /// <summary>An element of which only its grammar is known: attributes, then what stands in it.</summary>
    public static IEnumerable<Setting> Whole(string about, CibElement element, CibReferences references) =>
    [
        .. Attributes(about, element),
        .. Of(about, element, references, hasKinds: true),
        .. from child in element.Children
           where !sets.ContainsKey(child.Name)
           from setting in Whole($"{about}{child.Name}{(child["name"] ?? child.Id.OrNull) switch { { } name => $"({Cib.Short(name)})", _ => "" }} ", child, references)
           select setting,
    ];

    public static IEnumerable<Setting> Attributes(string about, CibElement element) =>
        from attribute in element.Attributes
        where !Cib.IsNoise(attribute.Key)
        orderby attribute.Key
        select new Setting(about + attribute.Key, attribute.Value) { IsSecret = SecretName.IsIn(attribute.Key) || SecretName.IsIn(attribute.Value) };

    // A set that holds only at times says something else.
    private static string Condition(CibElement set) => string.Concat(set.Named("rule").Select(rule => $" if {Cib.Short(Rule(rule))}"));

    /// <summary>A rule as text, without the ids of its parts, which have no order.</summary>
    public static string Rule(CibElement rule)
    {
        var attributes = string.Join(' ', from attribute in rule.Attributes where attribute.Key != "id" orderby attribute.Key select $"{attribute.Key}={attribute.Value}");
        var parts = string.Join(", ", rule.Children.Select(Rule).Order(StringComparer.Ordinal));
        return (rule.Name == "rule" ? attributes : $"{rule.Name} {attributes}").Trim() + (parts.Length == 0 ? "" : $" ({parts})");
    }
}
