namespace Relustre.Facts;

/// <summary>A pool that was imported when the server was captured.</summary>
public sealed record ZfsPool
{
    public required string Name { get; init; }

    public string? PoolGuid { get; init; }

    public string? Health { get; init; }

    /// <summary><c>none</c> keeps a pool of a pair from being imported by both nodes at boot.</summary>
    public string? CacheFile { get; init; }

    /// <summary><c>on</c> protects a pool from being imported twice.</summary>
    public string? Multihost { get; init; }

    public IReadOnlyList<ZfsDataset> Datasets { get; init; } = [];
}
