using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>
/// One value that something had for a time. The times of a subject's values tile its history: each begins where the one
/// before it ends, and the last one has no end.
/// </summary>
public sealed record BlamedValue
{
    /// <summary>As it may be shown; null: it was not there.</summary>
    public string? Shown { get; init; }

    /// <summary>The first and the last snapshot that have it.</summary>
    public required StoredSnapshot First { get; init; }

    public required StoredSnapshot Last { get; init; }

    public required int Snapshots { get; init; }

    public DateTimeOffset From => First.Record.Time;

    /// <summary>When the next value was first seen; null: it is so still.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it was last seen to be so; what came after it came between then and <see cref="Until"/>.</summary>
    public required DateTimeOffset SeenUntil { get; init; }

    /// <summary>What changed within it, where it has parts.</summary>
    public IReadOnlyList<Difference> Changes { get; init; } = [];

    /// <summary>What else changed in the snapshot that brought it; null: it is the first, or nobody looked.</summary>
    public SnapshotChanges? With { get; init; }

    /// <summary>What the server's own records tell of the time in which it came, where it was asked.</summary>
    public IReadOnlyList<ServerRecord> Records { get; init; } = [];

    /// <summary>Whether the text carries a mark of IML's that the value before had not.</summary>
    public bool IsMarkedByIml { get; init; }
}
