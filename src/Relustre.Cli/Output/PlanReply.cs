using Relustre.Restore;

namespace Relustre.Cli.Output;

/// <summary>A plan, for programs. Content of files is not in it.</summary>
internal sealed record PlanReply(string Host, string Snapshot, DateTimeOffset SnapshotTime, string Hash)
{
    /// <summary>Of a pair that is recovered as a whole; null: it is about one server.</summary>
    public IReadOnlyList<RecoveredServer>? Servers { get; init; }

    /// <summary>The age of the CIB that is brought back; null: none is.</summary>
    public string? Cib { get; init; }

    public required IReadOnlyList<PlannedStepReply> Steps { get; init; }

    public required IReadOnlyList<string> Agreeing { get; init; }

    public required IReadOnlyList<string> ForPeople { get; init; }

    /// <summary>Network cards of which somebody must say what becomes of them; null: every one is known.</summary>
    public IReadOnlyList<CardToConfirm>? Cards { get; init; }

    public static PlanReply Of(RestorePlan plan) => new(plan.Host, plan.Snapshot, plan.SnapshotTime, plan.Hash)
    {
        Steps = [.. plan.Steps.Select(step => PlannedStepReply.Of(step, plan.Platform))],
        Servers = plan.Servers.Count > 0 ? plan.Servers : null,
        Cib = plan.Cib?.ToString(),
        Cards = plan.Cards.Count > 0 ? plan.Cards : null,
        Agreeing = plan.Agreeing,
        ForPeople = plan.ForPeople,
    };
}
