using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Sites;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Backs up the site's servers.</summary>
internal sealed class BackupCommand : Verb
{
    private const int ShownProblems = 20;

    private readonly Argument<string[]> hosts = new("HOST") { Description = "Servers or pairs (all of the site by default); localhost is this machine", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> tags = new("--tag") { HelpName = "TAG", Description = "A word to find the snapshots by; can be repeated", Arity = ArgumentArity.OneOrMore };

    public BackupCommand() : base("backup", "Back up servers")
    {
        tags.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Contains(',') || token.Value.Any(char.IsControl) || token.Value.Length is 0 or > 200))
                result.AddError("--tag: a tag has no commas and no control characters, and is not empty");
        });
        Add(hosts);
        Add(tags);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Reads each server's configuration over one SSH session and stores what changed. Nothing is installed on a server and nothing is changed there. "
            + "A server on which nothing changed gets no new snapshot; it is noted that it was seen.",
        "Servers are read at the same time (site.yaml: parallel). One that fails never spoils the others: the rest is stored and the exit code is 3. What could "
            + "not be read of a server (no permission, a tool that failed) is named, and the rest of that server is stored.",
        "Interrupted, it keeps what was read so far.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre backup", "all servers of the site"),
        new("relustre backup mds1 oss", "one server and one pair"),
        new("relustre backup localhost", "this machine"),
        new("relustre backup --tag before-upgrade --json", "for a program"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.SomeHostsFailed, ExitCode.NoVault, ExitCode.Locked, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var started = run.Outside.Clock.GetTimestamp();
        var site = run.OpenSite();
        var chosen = site.Choose(run.Value(hosts) ?? []);
        if (chosen.Count == 0)
            throw new CommandFailedException(
                "this site has no servers yet: add one with 'relustre host add NAME', or back up this machine with 'relustre backup localhost'", ExitCode.Usage);
        var view = new BackupView(run.Screen, run.HasProgress, [.. chosen.Select(host => host.Name)], run.Outside.Clock);
        var outcomes = await view.WatchAsync(() => BackUpAsync(run, site, chosen, view.Report, cancel), cancel);
        Tell(run.Screen, outcomes, run.Outside.Clock.GetElapsedTime(started));
        return CodeOf(outcomes);
    }

    private async Task<IReadOnlyList<HostOutcome>> BackUpAsync(
        CommandRun run, Site site, IReadOnlyList<HostEntry> chosen, Action<BackupEvent> report, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var indexes = SiteIndexes.Of(site, chosen);
        var fleet = new BackUpFleet(vault, host => indexes.Of(host.Name), Ledger.BesideVault(site.VaultFolder), run.Outside.Clock);
        return await fleet.RunAsync([.. chosen.Select(site.HostOf)], new()
        {
            MemoryFolder = site.MemoryFolder,
            Parallel = site.File.Parallel,
            Limits = site.Limits,
            Tags = run.Value(tags) ?? [],
        }, report, cancel);
    }

    private static void Tell(Screen screen, IReadOnlyList<HostOutcome> outcomes, TimeSpan elapsed)
    {
        foreach (var outcome in outcomes)
        {
            foreach (var problem in outcome.Problems.Take(ShownProblems))
                screen.Warn($"{outcome.Host}: {Printable.Line(problem.Subject)}: {problem.Message}");
            if (outcome.Problems.Count > ShownProblems)
                screen.Warn($"{outcome.Host}: and {outcome.Problems.Count - ShownProblems} more: relustre show {outcome.Host} --problems");
        }
        if (screen.IsJson)
        {
            screen.Json(new BackupReply([.. outcomes.Select(HostOutcomeReply.Of)], Math.Round(elapsed.TotalSeconds, 3)), Replies.Json.BackupReply);
            return;
        }
        foreach (var outcome in outcomes)
            screen.Line(OutcomeLine.Of(outcome));
        screen.Line($"{Units.Count(outcomes.Count, "server")}: {Count<HostOutcome.BackedUp>(outcomes)} stored, "
            + $"{Count<HostOutcome.Unchanged>(outcomes)} unchanged, {Count<HostOutcome.Failed>(outcomes)} failed; "
            + $"{Units.Size(outcomes.Sum(outcome => outcome.Bytes.In))} received in {Units.Duration(elapsed)}");
    }

    private static int Count<T>(IEnumerable<HostOutcome> outcomes) => outcomes.OfType<T>().Count();

    private static ExitCode CodeOf(IReadOnlyList<HostOutcome> outcomes)
    {
        if (outcomes.All(outcome => outcome is HostOutcome.Failed))
            return ExitCode.Failed;
        return outcomes.All(outcome => outcome.IsComplete) ? ExitCode.Done : ExitCode.SomeHostsFailed;
    }
}
