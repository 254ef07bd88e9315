using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Views;

/// <summary>A plan for people.</summary>
internal static class PlanSheet
{
    public static void Show(RestorePlan plan, bool withCommands, Screen screen)
    {
        screen.Line($"{plan.Host}, back to {string.Join(" and ", SnapshotsOf(plan))}: {(plan.Steps.Count == 0 ? "nothing to do" : Units.Count(plan.Steps.Count, "step"))}");
        IReadOnlyList<string> gates = [];
        foreach (var (at, step) in plan.Steps.Index())
        {
            if (at == 0 || Heading(plan.Steps[at - 1]) != Heading(step))
            {
                screen.Line();
                screen.Line(Heading(step));
                gates = [];
            }
            if (!step.Gates.SequenceEqual(gates) && step.Gates.Count > 0)
                screen.Line($"       only if {string.Join(", ", step.Gates)}");
            gates = step.Gates;
            ShowStep(step, plan, withCommands, screen);
        }
        screen.Line();
        foreach (var card in plan.Cards)
            screen.Line($"to confirm, by {card.Confirm}: {card.Says}");
        foreach (var note in plan.ForPeople)
            screen.Line($"for you: {note}");
        screen.Line($"agree already, and are not touched: {string.Join(", ", plan.Agreeing)}");
        screen.Line($"plan {plan.Hash[..16]}");
    }

    private static IEnumerable<string> SnapshotsOf(RestorePlan plan) => plan.Servers.Count == 0
        ? [Moment(plan.Snapshot, plan.SnapshotTime)]
        : plan.Servers.Select(server => $"{Moment(server.Snapshot, server.SnapshotTime)} ({server.Host})");

    private static string Moment(string snapshot, DateTimeOffset time) => $"{snapshot[..8]} of {time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";

    // Of a pair that is recovered, what is done on one server stands together; what all of them do in turn has one heading.
    private static string Heading(PlannedStep step) => step.On is { } host && step.Stage is not (RestoreStage.Quiet or RestoreStage.Rejoin or RestoreStage.Configuration or RestoreStage.Serving)
        ? $"{step.Stage} on {host}"
        : $"{step.Stage}";

    private static void ShowStep(PlannedStep step, RestorePlan plan, bool withCommands, Screen screen)
    {
        screen.Line($"  {step.Number,3}  {step.Component,-18} {(step.On is { } other ? $"on {other}: " : "")}{step.Step.Summary}");
        if (withCommands)
            foreach (var line in step.Step.On(plan.Platform).Shown.Split('\n'))
                screen.Line($"         $ {line}");
    }
}
