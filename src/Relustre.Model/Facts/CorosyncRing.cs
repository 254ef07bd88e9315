namespace Relustre.Facts;

/// <summary>One of the networks over which the nodes of a cluster hear each other.</summary>
public sealed record CorosyncRing
{
    public required int Number { get; init; }

    public string? BindAddress { get; init; }

    public string? MulticastAddress { get; init; }

    /// <summary>All IML clusters have one name; this tells them apart and must be the same on partners.</summary>
    public string? Port { get; init; }
}
