using Relustre.Restore;

namespace Relustre.Cli.Output;

/// <summary>A plan, for programs. Content of files is not in it.</summary>
internal sealed record PlanReply(string Host, string Snapshot, DateTimeOffset SnapshotTime, string Hash)
{
    public required IReadOnlyList<PlannedStepReply> Steps { get; init; }

    public required IReadOnlyList<string> Agreeing { get; init; }

    public required IReadOnlyList<string> ForPeople { get; init; }

    public static PlanReply Of(RestorePlan plan) => new(plan.Host, plan.Snapshot, plan.SnapshotTime, plan.Hash)
    {
        Steps = [.. plan.Steps.Select(step => PlannedStepReply.Of(step, plan.Platform))],
        Agreeing = plan.Agreeing,
        ForPeople = plan.ForPeople,
    };
}
