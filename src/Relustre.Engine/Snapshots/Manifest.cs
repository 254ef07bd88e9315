namespace Relustre.Snapshots;

/// <summary>
/// What a snapshot says of its own making, stored as <c>/.relustre/manifest.json</c> (docs/manifest.md). It holds nothing that
/// changes by itself (no time, no duration), so that an unchanged server gives the same tree.
/// </summary>
public sealed record Manifest
{
    public const int CurrentSchema = 1;

    /// <summary>Raised when a field changes its meaning; a reader refuses a higher one than it knows.</summary>
    public required int Schema { get; init; }

    /// <summary>The site's name for the server.</summary>
    public required string Host { get; init; }

    /// <summary>What <c>uname</c> said; empty for a file tree.</summary>
    public string Uname { get; init; } = "";

    /// <summary>Whether this is a file tree of the management host's (a host with a <c>root</c>).</summary>
    public bool IsTree { get; init; }

    /// <summary>The user id that read the server: anything but 0 may have seen less.</summary>
    public long ReaderUserId { get; init; }

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<ManifestComponent> Components { get; init; }

    /// <summary>What could not be captured, and why; in the order of their subjects.</summary>
    public required IReadOnlyList<ManifestProblem> Problems { get; init; }
}
