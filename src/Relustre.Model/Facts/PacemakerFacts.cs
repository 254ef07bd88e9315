namespace Relustre.Facts;

/// <summary>What the cluster runs and where, without the passwords by which it fences.</summary>
public sealed record PacemakerFacts : ComponentFacts
{
    /// <summary>Stands for a value that nobody may see; that it is there is worth knowing.</summary>
    public const string Hidden = "(secret)";

    /// <summary>Asked from the running cluster; otherwise read from the disk of a stopped one.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Whether the CIB ended as it should; a broken one is told as far as it can be read.</summary>
    public required bool IsWhole { get; init; }

    public required long AdminEpoch { get; init; }

    public required long Epoch { get; init; }

    public required long Updates { get; init; }

    public string? Schema { get; init; }

    public string? FeatureSet { get; init; }

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> ResourceDefaults { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> OperationDefaults { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ClusterNode> Nodes { get; init; } = [];

    public IReadOnlyList<ClusterResource> Resources { get; init; } = [];

    public IReadOnlyList<ClusterLocation> Locations { get; init; } = [];

    /// <summary>Constraints that a move by hand left behind.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];

    /// <summary>Agents that the CIB names (<c>ocf:chroma:Target</c>, <c>stonith:fence_ipmilan</c>) and this server does not have.</summary>
    public IReadOnlyList<string> MissingAgents { get; init; } = [];

    /// <summary>The nodes that pcsd has a token for; null: it has never run here.</summary>
    public IReadOnlyList<string>? PcsdPeers { get; init; }
}
