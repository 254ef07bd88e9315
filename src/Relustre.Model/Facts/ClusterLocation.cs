namespace Relustre.Facts;

/// <summary>Where a resource likes to be; null where the constraint says it with a rule or a set.</summary>
public sealed record ClusterLocation
{
    public required string Id { get; init; }

    public string? Resource { get; init; }

    public string? Node { get; init; }

    public string? Score { get; init; }
}
