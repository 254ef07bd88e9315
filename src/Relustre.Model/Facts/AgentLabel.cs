namespace Relustre.Facts;

/// <summary>How IML 6 calls a target in the cluster.</summary>
public sealed record AgentLabel
{
    public required string Uuid { get; init; }

    public string? Label { get; init; }

    /// <summary>The ZFS resource before it, and the group of both; null for ldiskfs.</summary>
    public string? Zfs { get; init; }

    public string? Group { get; init; }
}
