using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Views;

/// <summary>A plan for people.</summary>
internal static class PlanSheet
{
    public static void Show(RestorePlan plan, bool withCommands, Screen screen)
    {
        screen.Line($"{plan.Host}, back to {plan.Snapshot[..8]} of {plan.SnapshotTime.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {Units.Count(plan.Steps.Count, "step")}");
        foreach (var stage in plan.Steps.GroupBy(step => step.Stage))
        {
            screen.Line();
            screen.Line($"{stage.Key}");
            IReadOnlyList<string> gates = [];
            foreach (var step in stage)
            {
                if (!step.Gates.SequenceEqual(gates) && step.Gates.Count > 0)
                    screen.Line($"       only if {string.Join(", ", step.Gates)}");
                gates = step.Gates;
                ShowStep(step, plan, withCommands, screen);
            }
        }
        screen.Line();
        foreach (var note in plan.ForPeople)
            screen.Line($"for you: {note}");
        screen.Line($"agree already, and are not touched: {string.Join(", ", plan.Agreeing)}");
        screen.Line($"plan {plan.Hash[..16]}");
    }

    private static void ShowStep(PlannedStep step, RestorePlan plan, bool withCommands, Screen screen)
    {
        screen.Line($"  {step.Number,3}  {step.Component,-18} {(step.On is { } other ? $"on {other}: " : "")}{step.Step.Summary}");
        if (withCommands)
            foreach (var line in step.Step.On(plan.Platform).Shown.Split('\n'))
                screen.Line($"         $ {line}");
    }
}
