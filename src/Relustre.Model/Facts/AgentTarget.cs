namespace Relustre.Facts;

/// <summary>One target as IML's agent knows it. What an era did not write is null.</summary>
public sealed record AgentTarget
{
    /// <summary>The file system's UUID, or a ZFS dataset's guid in decimal.</summary>
    public required string Uuid { get; init; }

    public string? Device { get; init; }

    public string? MountPoint { get; init; }

    /// <summary><c>ext4</c>, <c>ldiskfs</c> or <c>zfs</c>.</summary>
    public string? BackingStore { get; init; }

    public string? TargetName { get; init; }

    /// <summary><c>linux</c> or <c>zfs</c>.</summary>
    public string? DeviceType { get; init; }
}
