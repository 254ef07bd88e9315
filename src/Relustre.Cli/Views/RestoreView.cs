using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Views;

/// <summary>Shows a restore while it runs: a line for every step that is done.</summary>
internal sealed class RestoreView(Screen screen)
{
    private int total;

    public void Begin(OpenRestore restore)
    {
        total = restore.Plan.Steps.Count;
        var left = restore.Left.Count();
        if (left < total)
            screen.Note($"going on: {total - left} of {Units.Count(total, "step")} were done before");
    }

    public void Report(RestoreEvent happened)
    {
        switch (happened)
        {
            case RestoreEvent.StepFinished done:
                screen.Note($"[{done.Step.Number}/{total}] {done.Step.Step.Summary} ({Units.Duration(done.Elapsed)})");
                break;
            case RestoreEvent.Waiting waiting:
                screen.Note($"[{waiting.Step.Number}/{total}] waiting: {waiting.Reason}");
                break;
        }
    }

    public void End(OpenRestore restore, RestoreOutcome outcome)
    {
        switch (outcome)
        {
            case RestoreOutcome.Done:
                screen.Line($"{restore.Plan.Host}: restored, {Units.Count(total, "step")}");
                break;
            case RestoreOutcome.Failed failed:
                screen.Error($"step {failed.Step.Number} failed: {failed.Reason}. What came before is done; go on by 'relustre restore {restore.Plan.Host} --resume'");
                break;
            case RestoreOutcome.Lost lost:
                screen.Error($"{lost.Reason} Go on by 'relustre restore {restore.Plan.Host} --resume'");
                break;
            case RestoreOutcome.Refused refused:
                screen.Error($"gate {refused.Gate.Gate} is closed before step {refused.Step.Number}: {refused.Gate.Reason}"
                    + (refused.Gate.Look is { } look ? $". Look: {look}" : ""));
                break;
        }
    }
}
