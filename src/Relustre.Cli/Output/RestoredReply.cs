using Relustre.Restore;

namespace Relustre.Cli.Output;

/// <summary>A restore that is over, for programs.</summary>
internal sealed record RestoredReply(string Host, string Snapshot, DateTimeOffset SnapshotTime)
{
    public required DateTimeOffset Began { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public string? SafetySnapshot { get; init; }

    public required IReadOnlyList<PhaseReply> Phases { get; init; }

    public required IReadOnlyList<string> OpenedGates { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<Finding> NewerOnPartner { get; init; }

    public required IReadOnlyList<Finding> NewHardware { get; init; }

    public required IReadOnlyList<string> ForPeople { get; init; }

    public static RestoredReply Of(RestoreReport report) => new(report.Host, report.Snapshot, report.SnapshotTime)
    {
        Began = report.Began,
        Ended = report.Ended,
        SafetySnapshot = report.SafetySnapshot,
        Phases = [.. report.Phases.Select(phase => new PhaseReply(phase.Name, phase.Steps, Math.Round(phase.Elapsed.TotalSeconds, 1)))],
        OpenedGates = report.OpenedGates,
        Findings = report.Findings,
        NewerOnPartner = report.NewerOnPartner,
        NewHardware = report.NewHardware,
        ForPeople = [.. report.ForPeople.Select(JsonText.Text)],
    };

    /// <param name="Seconds">That its steps took, one after the other.</param>
    internal sealed record PhaseReply(string Stage, int Steps, double Seconds);
}
