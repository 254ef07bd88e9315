namespace Relustre.Facts;

/// <summary>A target or a file system that was mounted when the server was captured.</summary>
public sealed record LustreMount(string Device, string MountPoint)
{
    /// <summary>The target's name; null for a client's mount.</summary>
    public string? Target { get; init; }
}
