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
}
