using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>What <c>history</c> answers: oldest first.</summary>
internal sealed record HistoryReply(string Host, IReadOnlyList<HistoryReply.Event> Events)
{
    /// <param name="Kind">"snapshot", "seen", "missed" or "decision".</param>
    public sealed record Event(string Kind, DateTimeOffset At)
    {
        public SnapshotReply? Snapshot { get; init; }

        /// <summary>The snapshot that it was compared with.</summary>
        public string? Before { get; init; }

        public bool? IsImported { get; init; }

        public Risk? Risk { get; init; }

        public IReadOnlyDictionary<string, int>? Components { get; init; }

        public IReadOnlyList<Finding>? Changes { get; init; }

        public DateTimeOffset? Until { get; init; }

        public int? Times { get; init; }

        public string? Message { get; init; }

        public Decision? Decision { get; init; }
    }

    public static HistoryReply Of(string host, IReadOnlyList<HistoryEvent> events) => new(host, [.. events.Select(Of)]);

    private static Event Of(HistoryEvent happened) => happened switch
    {
        HistoryEvent.Stored stored => new("snapshot", stored.At)
        {
            Snapshot = SnapshotReply.Of(stored.Snapshot),
            Before = stored.Before?.Id.ToString(),
            IsImported = stored.IsImported ? true : null,
            Risk = stored.Differences.Count > 0 ? stored.Differences.Max(difference => difference.Risk) : null,
            Components = stored.Differences.CountBy(difference => difference.Component).ToDictionary(),
            Changes = [.. stored.Differences.Select(difference => Finding.Of(stored.Snapshot.Record.Hostname, difference))],
            Message = stored.Trouble,
        },
        HistoryEvent.Seen seen => new("seen", seen.At) { Until = seen.Until, Times = seen.Times },
        HistoryEvent.Missed missed => new("missed", missed.At) { Until = missed.Until, Times = missed.Times, Message = missed.Message },
        HistoryEvent.Decided decided => new("decision", decided.At) { Decision = decided.Decision },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
