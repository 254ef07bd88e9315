namespace Relustre.Facts;

/// <summary>A primitive resource of the cluster.</summary>
public sealed record ClusterResource
{
    public required string Id { get; init; }

    /// <summary>Class, provider and type: <c>ocf:lustre:Lustre</c>, <c>stonith:fence_ipmilan</c>.</summary>
    public required string Agent { get; init; }

    public string? InGroup { get; init; }

    public string? InClone { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();
}
