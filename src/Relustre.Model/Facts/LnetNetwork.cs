namespace Relustre.Facts;

/// <summary>One network of LNet on a server.</summary>
public sealed record LnetNetwork
{
    /// <summary>As LNet calls it: <c>tcp</c> is network 0 of its kind and the same as <c>tcp0</c>.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<string> Interfaces { get; init; } = [];

    public IReadOnlyList<string> Nids { get; init; } = [];
}
