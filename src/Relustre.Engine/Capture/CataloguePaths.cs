namespace Relustre.Capture;

/// <summary>All places that a catalogue's sources name.</summary>
internal sealed class CataloguePaths
{
    private readonly SourceIndex index;

    public CataloguePaths(Catalogue catalogue)
    {
        Files = [.. catalogue.Components.SelectMany(component => component.Sources.OfType<Source.Files>())];
        if (Files.Select(source => PathPattern.Fault(source.Pattern)).FirstOrDefault(fault => fault is not null) is { } fault)
            throw new ArgumentException(fault, nameof(catalogue));
        index = new(catalogue);
    }

    public IReadOnlyList<Source.Files> Files { get; }

    public static bool IsFolder(Source.Files source) => source.Pattern.EndsWith("/**", StringComparison.Ordinal);

    /// <summary>Whether any source asks for <paramref name="path"/>.</summary>
    public bool Ask(string path) => index.ComponentsOf(path).Count > 0;

    /// <summary>Whether any source asks for something below <paramref name="path"/> by its name: not with all that a folder has.</summary>
    public bool LeadThrough(string path) =>
        Files.SelectMany(source => Above(source.Pattern)).Any(folder => PathPattern.Matches(new Source.Files(folder), path));

    /// <summary>The folders above all that a pattern stands for, the nearest first, but for the root.</summary>
    public static IEnumerable<string> Above(string pattern)
    {
        var folder = pattern.EndsWith("/**", StringComparison.Ordinal) ? pattern[..^3] : pattern;
        for (var slash = folder.LastIndexOf('/'); slash > 0; slash = folder.LastIndexOf('/'))
        {
            folder = folder[..slash];
            yield return folder;
        }
    }
}
