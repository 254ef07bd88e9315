namespace Relustre.Facts;

/// <summary>A device by everything that it is called. Its kernel name is good until the next boot, its WWID for good.</summary>
public sealed record BlockDevice
{
    /// <summary><c>sda</c>, <c>dm-3</c>.</summary>
    public required string Kernel { get; init; }

    /// <summary>Names below /dev/mapper.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Names below /dev/disk/by-id.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    public string? Wwid { get; init; }

    /// <summary>An ldiskfs target's label is its name: <c>demo-MDT0000</c>.</summary>
    public string? Label { get; init; }

    /// <summary>The file system's UUID, by which IML calls a target.</summary>
    public string? Uuid { get; init; }
}
