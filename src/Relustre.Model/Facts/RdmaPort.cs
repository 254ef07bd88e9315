namespace Relustre.Facts;

/// <summary>One port of an adapter.</summary>
public sealed record RdmaPort
{
    /// <summary><c>mlx5_0</c>.</summary>
    public required string Adapter { get; init; }

    public required string Number { get; init; }

    public string? PortGuid { get; init; }

    public string? State { get; init; }

    /// <summary><c>InfiniBand</c> or <c>Ethernet</c>.</summary>
    public string? LinkLayer { get; init; }
}
