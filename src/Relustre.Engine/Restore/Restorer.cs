using Relustre.Hosts;
using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>
/// The only code that changes a server. It does what the plan says, step by step, each announced in the journal before; a
/// server that goes away is waited for, and a step of which nobody knows whether it was done is done again.
/// </summary>
public sealed class Restorer(OpenRestore restore, GateView view, IReadOnlyList<Gate> gates, TimeProvider clock, Action<RestoreEvent> report)
{
    private const int Attempts = 3;

    private static readonly RemoteCommand BootId = new("cat", "/proc/sys/kernel/random/boot_id") { TimeLimit = 20 };
    // One answer serves the steps that follow at once: a hundred files would ask the same a hundred times.
    private static readonly TimeSpan AnswerHolds = TimeSpan.FromSeconds(10);
    // A cluster that has just got a member back, or whose move was cut off, moves resources for a while.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    // A server that is about to answer is not made to wait; one that takes minutes is not asked hundreds of times.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);

    private readonly Dictionary<(string Server, string Gate), long> answered = [];

    /// <summary>What a second look at a step's server adds to the plan; null: nobody looks.</summary>
    public Func<PlannedStep, CancellationToken, Task<IReadOnlyList<PlannedStep>>>? LookAgain { get; init; }

    /// <summary>The same as its other servers see it, where a whole pair is restored: a gate before a step on one of them is about that one.</summary>
    public IReadOnlyList<GateView> Turned { get; init; } = [];

    /// <summary>How long a server may be away: firmware alone can take minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(20);

    public async Task<RestoreOutcome> RunAsync(CancellationToken cancel)
    {
        while (restore.Left.FirstOrDefault() is { } step)
            if (await DoAsync(step, cancel) is not RestoreOutcome.Done and var outcome)
                return outcome;
        return new RestoreOutcome.Done();
    }

    private async Task<RestoreOutcome> DoAsync(PlannedStep step, CancellationToken cancel)
    {
        if (await AskGatesAsync(step, cancel) is { } closed)
            return new RestoreOutcome.Refused(step, closed);
        var started = clock.GetTimestamp();
        report(new RestoreEvent.StepStarted(step));
        var outcome = step.Step switch
        {
            Steps.LookAgain => await LookAsync(step, cancel),
            { EndsConnection: true } => await RebootAsync(step, cancel),
            _ => await RunAsync(step, cancel),
        };
        switch (outcome)
        {
            case RestoreOutcome.Done:
                restore.Journal.Note(JournalKind.Finished, step.Number);
                report(new RestoreEvent.StepFinished(step, clock.GetElapsedTime(started)));
                break;
            case RestoreOutcome.Failed failed:
                restore.Journal.Note(JournalKind.Failed, step.Number, Harmless.Text(failed.Reason));
                break;
        }
        return outcome;
    }

    private async Task<GateAnswer?> AskGatesAsync(PlannedStep step, CancellationToken cancel)
    {
        var seen = WithAdded(ViewOf(step));
        var due = gates.Where(gate => step.Gates.Contains(gate.Name) && !restore.Journal.IsOpened(gate.Name) && !HoldsStill(gate, seen)).ToArray();
        foreach (var (gate, first) in due.Zip(await AskAtOnceAsync(due, PartnerCluster.Shared(seen, cancel), cancel)))
        {
            var answer = await SettledAsync(gate, first, seen, step, cancel);
            if (!answer.IsOpen)
                return answer;
            answered[(seen.Name, gate.Name)] = clock.GetTimestamp();
            report(new RestoreEvent.GateOpen(step, answer));
        }
        return null;
    }

    private bool HoldsStill(Gate gate, GateView seen) => answered.TryGetValue((seen.Name, gate.Name), out var at) && clock.GetElapsedTime(at) < AnswerHolds;

    // Questions take long and change nothing, and all of them share one login, which the first brings up.
    private async Task<IReadOnlyList<GateAnswer>> AskAtOnceAsync(IEnumerable<Gate> due, GateView seen, CancellationToken cancel) =>
        await Task.WhenAll(due.Select(gate => TimedAsync(gate, seen, cancel)));

    private async Task<GateAnswer> TimedAsync(Gate gate, GateView seen, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var answer = await gate.AskAsync(seen, cancel);
        return answer with { Elapsed = clock.GetElapsedTime(started) };
    }

    private async Task<GateAnswer> SettledAsync(Gate gate, GateAnswer first, GateView seen, PlannedStep step, CancellationToken cancel)
    {
        var answer = await AskAsync(gate, first, seen, step, cancel);
        if (answer.IsOpen || step.Stage != RestoreStage.Failback)
            return answer;
        report(new RestoreEvent.Waiting(step, answer.Reason));
        for (var asked = clock.GetTimestamp(); !answer.IsOpen && clock.GetElapsedTime(asked) < Settling; answer = await AskAsync(gate, null, seen, step, cancel))
            await Task.Delay(Pause, clock, cancel);
        return answer;
    }

    // The server that a step is about may be away for a while; its partner may not.
    private async Task<GateAnswer> AskAsync(Gate gate, GateAnswer? first, GateView seen, PlannedStep step, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = attempt == 1 && first is not null ? first : await gate.AskAsync(seen, cancel);
            if (answer.Silent != seen.Name || attempt == Attempts)
                return answer;
            report(new RestoreEvent.Waiting(step, answer.Reason));
            await seen.Host.HangUpAsync();
            if (await WaitAsync(seen.Host, otherThan: null, cancel) is null)
                return answer;
        }
    }

    private async Task<RestoreOutcome> RunAsync(PlannedStep step, CancellationToken cancel)
    {
        restore.Journal.Note(JournalKind.Started, step.Number);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = step.Step.NeedsNewConnection ? await RunAnewAsync(step, cancel) : await RunAsync(ShellOf(step), step.Step.On(restore.Plan.Platform), cancel);
                return result.IsDone
                    ? new RestoreOutcome.Done()
                    : new RestoreOutcome.Failed(step, $"{step.Step.Summary}: ended with exit code {result.ExitCode}{Because(result.Output)}");
            }
            catch (HostException lost)
            {
                report(new RestoreEvent.Waiting(step, lost.Message));
                await ShellOf(step).HangUpAsync();
                if (attempt == Attempts || lost is HostKeyChangedException or HostRefusedException || await WaitAsync(ShellOf(step), otherThan: null, cancel) is null)
                    return new RestoreOutcome.Lost(step, lost.Message);
            }
        }
    }

    private async Task<CommandResult> RunAnewAsync(PlannedStep step, CancellationToken cancel)
    {
        // The first that comes too early has waited, and mostly the next one does not.
        for (var (asked, pause) = (clock.GetTimestamp(), TimeSpan.Zero); ; pause = FirstPause)
        {
            await ShellOf(step).HangUpAsync();
            var result = await RunAsync(ShellOf(step), step.Step.On(restore.Plan.Platform), cancel);
            if (result.ExitCode != RestoreStep.TooEarly || clock.GetElapsedTime(asked) > Settling)
                return result;
            await Task.Delay(pause, clock, cancel);
        }
    }

    // A command that does not end may run on a server that is gone.
    private static async Task<CommandResult> RunAsync(HostShell shell, RemoteCommand command, CancellationToken cancel)
    {
        var result = await shell.RunAsync(command, cancel);
        if (!result.IsOverdue)
            return result;
        await shell.HangUpAsync();
        await shell.RunAsync(BootId, cancel);
        return result;
    }

    private async Task<RestoreOutcome> LookAsync(PlannedStep step, CancellationToken cancel)
    {
        restore.Journal.Note(JournalKind.Started, step.Number);
        if (LookAgain is not null && await LookAgain(step, cancel) is { Count: > 0 } more)
            restore.Add(step, more);
        return new RestoreOutcome.Done();
    }

    // Before the reboot its boot id is noted, so that whoever goes on after a crash sees whether it has happened.
    private async Task<RestoreOutcome> RebootAsync(PlannedStep step, CancellationToken cancel)
    {
        if (ShellOf(step).Host.Root is not null)
            return new RestoreOutcome.Failed(step, $"{ShellOf(step).Host.Name} is a file tree: this would boot the machine on which it lies");
        answered.Clear();
        var before = restore.Journal.StartedWith(step.Number);
        if (before is null)
        {
            before = await WaitAsync(ShellOf(step), otherThan: null, cancel);
            restore.Journal.Note(JournalKind.Started, step.Number, before ?? "");
        }
        try
        {
            if (await BootOfAsync(ShellOf(step), cancel) == before)
                await ShellOf(step).RunAsync(step.Step.On(restore.Plan.Platform), cancel);
        }
        catch (HostException)
        {
            // It went before it had answered, which is what was asked of it.
        }
        report(new RestoreEvent.Waiting(step, $"{ShellOf(step).Host.Name} boots"));
        await ShellOf(step).HangUpAsync();
        return await WaitAsync(ShellOf(step), otherThan: before, cancel) is null
            ? new RestoreOutcome.Lost(step, $"{ShellOf(step).Host.Name} did not come back from its reboot within {Patience.TotalMinutes:0} minutes: look at its console, then run the same command again")
            : new RestoreOutcome.Done();
    }

    /// <summary>The boot id of a server as soon as it answers with another one than given; null: it did not in time.</summary>
    private async Task<string?> WaitAsync(HostShell shell, string? otherThan, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        for (var pause = FirstPause; clock.GetElapsedTime(start) < Patience; pause = pause * 1.2 < Pause ? pause * 1.2 : Pause)
        {
            if (await BootOfAsync(shell, cancel) is { } boot && boot != otherThan)
                return boot;
            await Task.Delay(pause, clock, cancel);
        }
        return null;
    }

    private static async Task<string?> BootOfAsync(HostShell shell, CancellationToken cancel)
    {
        try
        {
            return await shell.RunAsync(BootId, cancel) is { IsDone: true } answer ? answer.Output.Trim() : null;
        }
        catch (HostException)
        {
            await shell.HangUpAsync();
            return null;
        }
    }

    // What a second look added will be done as well, so gates that look at the plan look at it.
    private GateView WithAdded(GateView seen) =>
        restore.Steps.Skip(restore.Plan.Steps.Count).Any()
            ? seen with { Plan = seen.Plan with { Steps = [.. seen.Plan.Steps, .. restore.Steps.ExceptBy(restore.Plan.Steps.Select(step => step.Number), step => step.Number).Where(step => step.On is null || step.On == seen.Name)] } }
            : seen;

    private GateView ViewOf(PlannedStep step) => Turned.FirstOrDefault(other => other.Name == step.On) ?? view;

    private HostShell ShellOf(PlannedStep step) => step.On is null || step.On == view.Name
        ? view.Host
        : view.Partners.FirstOrDefault(partner => partner.Host.Name == step.On)
            ?? throw new RestoreException($"step {step.Number} is for {step.On}, which is no partner of {restore.Plan.Host} in this site: add it with 'relustre host add {step.On} --pair …'");

    private static string Because(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last] ? $": {Harmless.Text(last)}" : "";
}
