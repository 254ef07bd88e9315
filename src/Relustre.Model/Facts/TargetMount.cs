namespace Relustre.Facts;

/// <summary>A target, its device and its folder, as one source has them.</summary>
public sealed record TargetMount
{
    /// <summary>What says so: <c>agent</c>, <c>cib</c>, <c>ldev</c>, <c>mounted</c> or <c>fstab</c>.</summary>
    public required string From { get; init; }

    public string? Target { get; init; }

    public string? Device { get; init; }

    public string? MountPoint { get; init; }
}
