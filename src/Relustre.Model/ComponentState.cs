namespace Relustre;

/// <summary>What a capture holds of one component.</summary>
public sealed record ComponentState(IReadOnlyList<CapturedFile> Files, IReadOnlyList<ToolOutput> Tools)
{
    public static ComponentState Empty { get; } = new([], []);

    /// <summary>The file at <paramref name="path"/>; null: not there.</summary>
    public CapturedFile? File(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>The text of the first of <paramref name="paths"/> that is there; null: none is.</summary>
    public string? Text(params IReadOnlyList<string> paths) =>
        paths.Select(File).FirstOrDefault(file => file is { Kind: FileKind.File })?.Text;

    /// <summary>The files directly in <paramref name="folder"/>, by name.</summary>
    public IEnumerable<CapturedFile> In(string folder) =>
        from file in Files
        where file.Kind == FileKind.File && file.Path.LastIndexOf('/') == folder.Length && file.Path.StartsWith(folder, StringComparison.Ordinal)
        orderby file.Path
        select file;

    /// <summary>What <paramref name="tool"/> printed, also where it failed or was cut off; null: it said nothing at all.</summary>
    public string? Said(string tool) =>
        Tools.FirstOrDefault(output => output.Name == tool && !output.Output.IsEmpty)?.Text;
}
