using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Views;

/// <summary>Shows a restore while it runs: a line for every step that is done.</summary>
internal sealed class RestoreView(Screen screen)
{
    private OpenRestore? running;

    /// <summary>The command that goes on with it.</summary>
    public required string Resume { get; init; }

    public void Begin(OpenRestore restore)
    {
        running = restore;
        var total = restore.Steps.Count;
        var left = restore.Left.Count();
        if (left < total)
            screen.Note($"going on: {total - left} of {Units.Count(total, "step")} were done before");
    }

    public void Report(RestoreEvent happened)
    {
        switch (happened)
        {
            case RestoreEvent.StepFinished done:
                screen.Note($"[{PlaceOf(done.Step)}] {On(done.Step)}{done.Step.Step.Summary} ({Units.Duration(done.Elapsed)})");
                break;
            case RestoreEvent.GateOpen open:
                screen.Note($"[{PlaceOf(open.Step)}] gate {open.Answer.Gate}: {Printable.Line(open.Answer.Reason)} ({Units.Duration(open.Answer.Elapsed)})");
                break;
            case RestoreEvent.Auditing:
                screen.Note("comparing the server with its snapshot");
                break;
            case RestoreEvent.Waiting waiting:
                screen.Note($"[{PlaceOf(waiting.Step)}] {On(waiting.Step)}waiting: {waiting.Reason}");
                break;
        }
    }

    public void End(OpenRestore restore, RestoreOutcome outcome)
    {
        switch (outcome)
        {
            case RestoreOutcome.Done done:
                ShowDone(restore, done);
                break;
            case RestoreOutcome.Unaudited unaudited:
                screen.Error($"every step is done, but the server could not be compared with its snapshot: {unaudited.Reason} Look again by '{Resume}'");
                break;
            case RestoreOutcome.Suspended suspended:
                screen.Error($"every step is done, but this restore is not over: {suspended.Gate.Reason}. End it when fencing is back by '{Resume}'");
                break;
            case RestoreOutcome.Failed failed:
                screen.Error($"step {PlaceOf(failed.Step)} failed: {failed.Reason}. What came before is done; go on by '{Resume}'");
                break;
            case RestoreOutcome.Lost lost:
                screen.Error($"{lost.Reason} Go on by '{Resume}'");
                break;
            case RestoreOutcome.Refused refused:
                screen.Error($"gate {refused.Gate.Gate} is closed before step {PlaceOf(refused.Step)}: {refused.Gate.Reason}"
                    + (refused.Gate.Look is { } look ? $". Look: {look}" : "")
                    + $". Then '{Resume}'; or go through it with '--open-gate {refused.Gate.Gate}'");
                break;
        }
    }

    public static ExitCode CodeOf(RestoreOutcome outcome) => outcome switch
    {
        RestoreOutcome.Done { Findings.Count: > 0 } => ExitCode.Drift,
        RestoreOutcome.Done => ExitCode.Done,
        RestoreOutcome.Refused or RestoreOutcome.Suspended => ExitCode.GateRefused,
        _ => ExitCode.Failed,
    };

    // A second look adds steps in the middle, which have no place in the plan.
    private string PlaceOf(PlannedStep step) =>
        running is null ? $"{step.Number}" : $"{running.Steps.TakeWhile(other => other.Number != step.Number).Count() + 1}/{running.Steps.Count}";

    private static string On(PlannedStep step) => step.On is { } host ? $"{host}: " : "";

    private void ShowDone(OpenRestore restore, RestoreOutcome.Done done)
    {
        var report = RestoreReport.Of(restore, done);
        var page = RestoreReportFiles.Write(report, restore.Folder);
        foreach (var problem in done.Problems)
            screen.Warn($"{Printable.Line(problem.Subject)}: {Printable.Line(problem.Message)}");
        if (screen.IsJson)
            screen.Json(RestoredReply.Of(report), Replies.Json.RestoredReply);
        else
            foreach (var line in RestoreReportFiles.TextOf(report))
                screen.Line(line);
        screen.Note($"report: {page}");
    }
}
