using Relustre.Capture;

namespace Relustre.Operations;

/// <summary>How a fleet is backed up.</summary>
public sealed record BackUpOptions
{
    /// <summary>Hosts that are read at the same time.</summary>
    public int Parallel { get; init; } = 16;

    public CaptureLimits Limits { get; init; } = new();

    /// <summary>Where to remember what was read of each host; made when it is not there.</summary>
    public required string MemoryFolder { get; init; }

    /// <summary>What is said of every snapshot, e.g. <c>reason=daily</c>; no commas, restic cannot select those.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How long finished captures may wait for slower hosts until they are made durable.</summary>
    public TimeSpan Checkpoint { get; init; } = TimeSpan.FromMinutes(2);
}
