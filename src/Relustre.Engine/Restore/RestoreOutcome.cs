using Relustre.Snapshots;

namespace Relustre.Restore;

/// <summary>How far a restore came.</summary>
public abstract record RestoreOutcome
{
    private RestoreOutcome()
    {
    }

    /// <summary>Every step is done, and the server was compared with what it was to become.</summary>
    public sealed record Done : RestoreOutcome
    {
        /// <summary>What still differs from the snapshot, worst first.</summary>
        public IReadOnlyList<Finding> Findings { get; init; } = [];

        /// <summary>What differs from the snapshot because the cluster has moved on since: the living partner has the same.</summary>
        public IReadOnlyList<Finding> NewerOnPartner { get; init; } = [];

        /// <summary>What differs from the snapshot on purpose: the server has other cards or disks than it had.</summary>
        public IReadOnlyList<Finding> NewHardware { get; init; } = [];

        /// <summary>What could not be read of it, and so was not compared.</summary>
        public IReadOnlyList<ManifestProblem> Problems { get; init; } = [];
    }

    /// <summary>Every step is done, but nobody knows whether it agrees: the same command looks again.</summary>
    public sealed record Unaudited(string Reason) : RestoreOutcome;

    /// <summary>Every step is done, but the cluster's fencing is still suspended: it is not over until that is.</summary>
    public sealed record Suspended(GateAnswer Gate) : RestoreOutcome;

    /// <summary>A step failed; what came before is done, and the same command goes on from there.</summary>
    public sealed record Failed(PlannedStep Step, string Reason) : RestoreOutcome;

    /// <summary>A gate is closed; nothing of the step was done.</summary>
    public sealed record Refused(PlannedStep Step, GateAnswer Gate) : RestoreOutcome;

    /// <summary>The server did not come back in time; the same command goes on when it does.</summary>
    public sealed record Lost(PlannedStep Step, string Reason) : RestoreOutcome;
}
