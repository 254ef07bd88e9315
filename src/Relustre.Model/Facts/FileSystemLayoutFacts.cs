namespace Relustre.Facts;

/// <summary>The disks, and what lies on them.</summary>
public sealed record FileSystemLayoutFacts : ComponentFacts
{
    /// <summary>As fstab has them.</summary>
    public required IReadOnlyList<FileSystem> FileSystems { get; init; }

    /// <summary>Every block device as lsblk sees it: disks, partitions, volumes, multipath maps.</summary>
    public required IReadOnlyList<Disk> Disks { get; init; }

    public required IReadOnlyList<Partition> Partitions { get; init; }

    public required IReadOnlyList<Volume> PhysicalVolumes { get; init; }

    public required IReadOnlyList<string> VolumeGroups { get; init; }

    public required IReadOnlyList<Volume> LogicalVolumes { get; init; }

    /// <summary>The ARRAY lines of mdadm.</summary>
    public required IReadOnlyList<string> Raids { get; init; }

    /// <param name="Options">Without passwords.</param>
    public sealed record FileSystem(string Device, string MountPoint, string Type, string Options);

    public sealed record Disk
    {
        public required string Name { get; init; }

        public string? Type { get; init; }

        public long? Bytes { get; init; }

        public string? FileSystem { get; init; }

        public string? Label { get; init; }

        public string? Uuid { get; init; }

        public string? Model { get; init; }

        public string? Serial { get; init; }

        public string? Wwn { get; init; }

        /// <summary>The device that it is a part of.</summary>
        public string? Parent { get; init; }
    }

    /// <param name="Start">In sectors of 512 bytes.</param>
    /// <param name="Size">In sectors of 512 bytes.</param>
    public sealed record Partition(string Name, long Number, long Start, long Size);

    /// <summary>A physical volume with its group, or a logical one.</summary>
    public sealed record Volume(string Name, string? Group, long? Bytes);
}
