namespace Relustre.Facts;

/// <summary>Who is in the cluster and how its members hear and trust each other.</summary>
public sealed record CorosyncFacts : ComponentFacts
{
    public string? ClusterName { get; init; }

    public string? Transport { get; init; }

    public string? Secauth { get; init; }

    public string? CryptoCipher { get; init; }

    public string? CryptoHash { get; init; }

    /// <summary>Milliseconds.</summary>
    public string? Token { get; init; }

    public string? RingMode { get; init; }

    public string? ConfigVersion { get; init; }

    public IReadOnlyList<CorosyncRing> Rings { get; init; } = [];

    public IReadOnlyList<CorosyncNode> Nodes { get; init; } = [];

    public string? QuorumProvider { get; init; }

    public bool TwoNode { get; init; }

    public required bool HasAuthKey { get; init; }

    /// <summary>Corosync will not start without the key; with a wrong one a recovered node fences its healthy partner.</summary>
    public required bool NeedsAuthKey { get; init; }
}
