using System.Text.Json.Serialization;

namespace Relustre.Snapshots;

/// <summary>One line of the ledger: a host was seen.</summary>
public sealed record Sighting
{
    public required DateTimeOffset At { get; init; }

    public required string Host { get; init; }

    public required SightingResult Result { get; init; }

    /// <summary>The snapshot that holds the host's state of that moment; null where it was not captured.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Seconds that the server's clock was ahead of ours; negative: behind.</summary>
    public double? ClockOffset { get; init; }

    /// <summary>What could not be captured.</summary>
    public int Problems { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Message { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<SightingResult>))]
public enum SightingResult
{
    /// <summary>A new snapshot was made.</summary>
    Stored,

    /// <summary>Nothing differed from the snapshot named.</summary>
    Unchanged,

    /// <summary>It could not be captured.</summary>
    Failed,
}
