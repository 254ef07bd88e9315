using System.Collections.Concurrent;

namespace Relustre;

/// <summary>Finds the components of a captured path quickly: a fleet has many thousands of files and hundreds of patterns.</summary>
public sealed class SourceIndex
{
    // The servers of a fleet have mostly the same names; one that has millions of them, or long ones, must not fill the memory.
    private const int MostKnown = 16 * 1024;
    private const int LongestKnown = 512;

    private readonly ConcurrentDictionary<string, IReadOnlyList<Component>> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Component>> byPath = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, Source.Files Source, Component Component)> byPattern = [];

    public SourceIndex(Catalogue catalogue)
    {
        foreach (var component in catalogue.Components)
            foreach (var source in component.Sources.OfType<Source.Files>())
                Add(component, source);
    }

    /// <summary>The components that asked for <paramref name="path"/>, in the catalogue's order, each once.</summary>
    public IReadOnlyList<Component> ComponentsOf(string path)
    {
        if (known.TryGetValue(path, out var components))
            return components;
        components = Find(path);
        if (components.Count > 0 && path.Length <= LongestKnown && known.Count < MostKnown)
            known[path] = components;
        return components;
    }

    private IReadOnlyList<Component> Find(string path) =>
    [
        .. (byPath.GetValueOrDefault(path) ?? [])
            .Concat(from entry in byPattern
                    where path.StartsWith(entry.Prefix, StringComparison.Ordinal) && PathPattern.Matches(entry.Source, path)
                    select entry.Component)
            .Distinct(),
    ];

    private void Add(Component component, Source.Files source)
    {
        var wildcard = PathPattern.FirstWild(source.Pattern);
        if (wildcard >= 0)
        {
            var prefix = source.Pattern[..wildcard];
            byPattern.Add((source.Pattern.EndsWith("/**", StringComparison.Ordinal) ? prefix.TrimEnd('/') : prefix, source, component));
        }
        else if (byPath.TryGetValue(source.Pattern, out var components))
            components.Add(component);
        else
            byPath.Add(source.Pattern, [component]);
    }
}
