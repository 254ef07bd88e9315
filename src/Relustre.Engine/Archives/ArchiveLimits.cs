namespace Relustre.Archives;

/// <summary>What an archive may hold at most. A server's configuration is some megabytes; far more is a mistake or a trap.</summary>
public sealed record ArchiveLimits
{
    public int Entries { get; init; } = 100_000;

    /// <summary>Of all content together, unpacked.</summary>
    public long TotalBytes { get; init; } = 512L << 20;

    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>How many bytes one packed byte may become. Text packs to a tenth, zeros to a thousandth.</summary>
    public int Ratio { get; init; } = 200;
}
