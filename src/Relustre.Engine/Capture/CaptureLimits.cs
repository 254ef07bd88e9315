namespace Relustre.Capture;

/// <summary>How much a server may send us. A server in trouble, or in somebody else's hands, cannot take more than this.</summary>
public sealed record CaptureLimits
{
    public static CaptureLimits Default { get; } = new();

    /// <summary>Files, folders and links in one listing.</summary>
    public int Entries { get; init; } = 200_000;

    /// <summary>Bytes of one path, and of one symlink's target.</summary>
    public int PathLength { get; init; } = 4096;

    public long ListingBytes { get; init; } = 64L << 20;

    /// <summary>A bigger file is named as a problem and not read.</summary>
    public long FileSize { get; init; } = 64L << 20;

    /// <summary>All that one session may send.</summary>
    public long TotalBytes { get; init; } = 1L << 30;

    /// <summary>Of what all tools said; it lies in memory until the host is done.</summary>
    public long ToolBytes { get; init; } = 64L << 20;

    /// <summary>Of content that is kept because a hard link to it may come; what is beyond is asked for once more.</summary>
    public long LinkedBytes { get; init; } = 64L << 20;

    public TimeSpan WholeTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest wait for the next byte.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(2);
}
