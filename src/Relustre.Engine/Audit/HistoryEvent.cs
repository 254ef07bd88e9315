using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>Something that happened to a host, as far as the vault knows.</summary>
public abstract record HistoryEvent(DateTimeOffset At)
{
    /// <summary>A snapshot was made.</summary>
    public sealed record Stored(StoredSnapshot Snapshot) : HistoryEvent(Snapshot.Record.Time)
    {
        /// <summary>What it was compared with; null: it is the first, or came out of an archive.</summary>
        public StoredSnapshot? Before { get; init; }

        public bool IsImported { get; init; }

        /// <summary>What changed since <see cref="Before"/>, by component in the order of a restore.</summary>
        public IReadOnlyList<Difference> Differences { get; init; } = [];

        /// <summary>Why it could not be compared.</summary>
        public string? Trouble { get; init; }
    }

    /// <summary>It was seen to be as its newest snapshot has it, several times in a row.</summary>
    public sealed record Seen(DateTimeOffset At, DateTimeOffset Until, int Times) : HistoryEvent(At);

    /// <summary>It could not be captured, several times in a row.</summary>
    public sealed record Missed(DateTimeOffset At, DateTimeOffset Until, int Times, string Message) : HistoryEvent(At);

    /// <summary>Somebody accepted or waived something about it.</summary>
    public sealed record Decided(Decision Decision) : HistoryEvent(Decision.At);
}
