namespace Relustre.Restore;

/// <summary>What a restore did, how long it took, and what it has come to: for people who were asleep, and for the file.</summary>
public sealed record RestoreReport(string Host, string Snapshot, DateTimeOffset SnapshotTime)
{
    public required DateTimeOffset Began { get; init; }

    public required DateTimeOffset Ended { get; init; }

    /// <summary>The snapshot of the server as it was before; null: nothing was changed, or it is about a pair.</summary>
    public string? SafetySnapshot { get; init; }

    public required IReadOnlyList<PhaseTime> Phases { get; init; }

    /// <summary>Names of gates that were closed and that a person has opened.</summary>
    public IReadOnlyList<string> OpenedGates { get; init; } = [];

    /// <summary>What still differs from the snapshot, worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What the cluster has otherwise by now than the snapshot: the living partner has the same, and won.</summary>
    public IReadOnlyList<Finding> NewerOnPartner { get; init; } = [];

    /// <summary>What is otherwise than in the snapshot because the server has other cards or disks than it had.</summary>
    public IReadOnlyList<Finding> NewHardware { get; init; } = [];

    /// <summary>Components were left out, of which nobody says here whether they differ.</summary>
    public bool IsOfParts { get; init; }

    /// <summary>What needs a person.</summary>
    public IReadOnlyList<string> ForPeople { get; init; } = [];

    public static RestoreReport Of(OpenRestore restore, RestoreOutcome.Done done) => new(restore.Plan.Host, restore.Plan.Snapshot, restore.Plan.SnapshotTime)
    {
        Began = restore.Journal.Entries[0].At,
        Ended = restore.Journal.Entries[^1].At,
        // Of a pair there are several, and nothing undoes them at once.
        SafetySnapshot = restore.Plan.Servers.Count > 0 ? null : restore.Journal.SafetySnapshot,
        Phases = PhaseTime.Of(restore),
        OpenedGates = restore.Journal.OpenedGates,
        Findings = done.Findings,
        NewerOnPartner = done.NewerOnPartner,
        NewHardware = done.NewHardware,
        IsOfParts = restore.Plan.Wish.Only.Count + restore.Plan.Wish.Except.Count > 0,
        ForPeople = restore.Plan.ForPeople,
    };
}
