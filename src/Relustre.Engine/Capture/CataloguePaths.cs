using System.Collections.Frozen;

namespace Relustre.Capture;

/// <summary>All places that a catalogue's sources name, arranged so that a path is found among hundreds at once.</summary>
internal sealed class CataloguePaths
{
    private readonly FrozenSet<string> plain;
    private readonly (string Prefix, Source.Files Source)[] patterns;

    public CataloguePaths(Catalogue catalogue)
    {
        Files = [.. catalogue.Components.SelectMany(component => component.Sources.OfType<Source.Files>())];
        if (Files.Select(source => PathPattern.Fault(source.Pattern)).FirstOrDefault(fault => fault is not null) is { } fault)
            throw new ArgumentException(fault, nameof(catalogue));
        plain = Files.Select(source => source.Pattern).Where(pattern => !PathPattern.IsWild(pattern)).ToFrozenSet(StringComparer.Ordinal);
        patterns = [.. Files.Where(source => PathPattern.IsWild(source.Pattern)).Select(source => (Literal(source.Pattern), source))];
    }

    public IReadOnlyList<Source.Files> Files { get; }

    public static bool IsFolder(Source.Files source) => source.Pattern.EndsWith("/**", StringComparison.Ordinal);

    /// <summary>Whether any source asks for <paramref name="path"/>.</summary>
    public bool Ask(string path)
    {
        if (plain.Contains(path))
            return true;
        foreach (var (prefix, source) in patterns)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal) && PathPattern.Matches(source, path))
                return true;
        }
        return false;
    }

    // "/etc/x/**" means /etc/x itself too, so the slash before its stars is no part of what every path begins with.
    private static string Literal(string pattern)
    {
        var literal = pattern[..PathPattern.FirstWild(pattern)];
        return pattern[literal.Length..] == "**" ? literal[..^1] : literal;
    }
}
