namespace Relustre.Capture;

/// <summary>What a tar stream may hold at most; beyond it, reading ends with <see cref="TarDamagedException"/>.</summary>
internal sealed record TarLimits
{
    public int Entries { get; init; } = 200_000;

    public int PathLength { get; init; } = 4096;

    /// <summary>Bytes of one entry's extended header: its long names and attributes.</summary>
    public int HeaderBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of one entry's content that are handed out; bigger ones can be passed over.</summary>
    public long ContentBytes { get; init; } = 64L << 20;
}
