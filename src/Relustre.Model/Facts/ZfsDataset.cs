namespace Relustre.Facts;

/// <summary>A dataset of a pool, and the target that it is.</summary>
public sealed record ZfsDataset
{
    public required string Name { get; init; }

    /// <summary>Decimal, as IML's store has it.</summary>
    public string? DatasetGuid { get; init; }

    /// <summary>The property <c>lustre:svname</c>; null for a dataset that is no target.</summary>
    public string? Target { get; init; }
}
