namespace Relustre.Snapshots;

/// <summary>What a snapshot holds of one component.</summary>
public sealed record ManifestComponent(string Name)
{
    /// <summary>Names (files, folders, links) that the component's patterns found.</summary>
    public int Files { get; init; }

    /// <summary>Whether <c>/.relustre/facts/NAME.json</c> is there.</summary>
    public bool HasFacts { get; init; }

    /// <summary>How each of its tools answered, by name.</summary>
    public IReadOnlyList<ManifestTool> Tools { get; init; } = [];
}
