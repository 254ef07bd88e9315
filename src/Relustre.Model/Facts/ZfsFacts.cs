namespace Relustre.Facts;

/// <summary>The pools that a server had imported, and the host id under which they were.</summary>
public sealed record ZfsFacts : ComponentFacts
{
    public string? HostId { get; init; }

    public IReadOnlyList<ZfsPool> Pools { get; init; } = [];
}
