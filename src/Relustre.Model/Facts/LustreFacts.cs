namespace Relustre.Facts;

/// <summary>What a server is to Lustre.</summary>
public sealed record LustreFacts : ComponentFacts
{
    public string? Version { get; init; }

    public IReadOnlyList<LdevEntry> Ldev { get; init; } = [];

    public IReadOnlyList<LustreMount> Mounts { get; init; } = [];
}
