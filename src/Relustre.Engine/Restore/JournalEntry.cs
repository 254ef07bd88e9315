namespace Relustre.Restore;

/// <summary>One line of a journal. It never holds content of files, nor a secret.</summary>
public sealed record JournalEntry(DateTimeOffset At, JournalKind Kind)
{
    /// <summary>The step's number; null: it is about the whole restore.</summary>
    public int? Step { get; init; }

    /// <summary>A reason, a gate's name, a snapshot's id, a boot id.</summary>
    public string? Text { get; init; }
}
