namespace Relustre.Facts;

/// <summary>Which LUNs a server sees, by their names, labels and WWIDs.</summary>
public sealed record MultipathFacts : ComponentFacts
{
    public IReadOnlyList<MultipathAlias> Aliases { get; init; } = [];

    public IReadOnlyList<string> Wwids { get; init; } = [];

    public IReadOnlyList<BlockDevice> Devices { get; init; } = [];
}
