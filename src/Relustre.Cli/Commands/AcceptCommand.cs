using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>Makes a server's state, or one finding, the wanted one.</summary>
internal sealed class AcceptCommand : Verb
{
    private readonly Argument<string?> host = new("HOST") { Description = "The server whose snapshot is its baseline from now on", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> snapshot = new("SNAPSHOT") { Description = "One of its snapshots (its newest by default), named in any way", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> findings = new("--finding") { HelpName = "ID", Description = "Take only this finding of the last audit as wanted; can be repeated", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> reason = DecisionText.Option("--reason", "TEXT", "Why, for those who come after you");

    public AcceptCommand() : base("accept", "Take a server's state, or one finding, as the wanted one")
    {
        Add(host);
        Add(snapshot);
        Add(findings);
        Add(reason);
    }

    public override IReadOnlyList<string> Details =>
    [
        "From then on 'relustre audit' compares the server with the accepted snapshot. Until one is accepted, its newest snapshot is the baseline, so that "
            + "every backup accepts what it finds; once one is, only the next acceptance moves it.",
        "With --finding the baseline stays and one setting is wanted as it was found. It holds as long as the server is compared with the same baseline. A secret "
            + "is not written down, so a finding about one cannot be accepted alone: back up and accept the snapshot, or waive it.",
        "Kept beside the vault, with who, when and on which machine: it holds for everybody who works with this vault.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre accept mds1", "mds1 is right as its newest snapshot has it"),
        new("relustre accept mds1 mds1@2026-05-31 --reason 'before the upgrade'", "it was right that day"),
        new("relustre accept --finding 3f8a11c09d2e", "one thing that an audit found is right as it is"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        var ids = run.Value(findings) ?? [];
        IReadOnlyList<Decision> accepted = (run.Value(host), ids) switch
        {
            ({ } name, []) => [await SnapshotAsync(run, site, name, cancel)],
            (null, [_, ..]) => [.. FindingLookup.Find(site, ids).Select(found => Accepted(run, found.Finding, found.Baseline))],
            _ => throw new CommandFailedException("give a HOST whose snapshot is accepted, or --finding ID, and not both\nSee 'relustre accept --help'", ExitCode.Usage),
        };
        CommandRun.DecisionsOf(site).Note(accepted);
        if (run.Screen.IsJson)
            run.Screen.Json(new AcceptReply(accepted), Replies.Json.AcceptReply);
        else
            foreach (var decision in accepted)
                run.Screen.Line(decision.Finding is { } finding
                    ? $"{finding.Host}: {finding.Component}  {finding.Setting}: wanted as it was found"
                    : $"{decision.Host}: snapshot {decision.Snapshot![..8]} is the baseline from now on"); // An id has 64 digits.
        return ExitCode.Done;
    }

    private async Task<Decision> SnapshotAsync(CommandRun run, Site site, string name, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var finder = new SnapshotFinder(await HostSnapshots.OfAsync(vault, name, cancel));
        StoredSnapshot found;
        try
        {
            found = finder.Find(run.Value(snapshot) ?? name);
        }
        catch (SnapshotNotFoundException) when (run.Value(snapshot) is { } wanted)
        {
            throw new SnapshotNotFoundException($"{name} has no snapshot '{wanted}': see 'relustre snapshots {name}'");
        }
        return Decision.Of(DecisionKind.AcceptedSnapshot, run.Author, run.Outside.Clock.GetUtcNow()) with
        {
            Host = name,
            Snapshot = found.Id.ToString(),
            Reason = run.Value(reason),
        };
    }

    private Decision Accepted(CommandRun run, Finding finding, string? baseline)
    {
        if (finding.IsSecret)
            throw new CommandFailedException($"finding {finding.Id} is about a secret, which is not written down: accept the whole state "
                + $"(relustre backup {finding.Host} && relustre accept {finding.Host}), or waive it");
        if (finding.Rule != Finding.Drift)
            throw new CommandFailedException($"finding {finding.Id} breaks a rule ({finding.Rule}) and is wrong whatever is wanted: waive it with 'relustre waive {finding.Id}'");
        return Decision.Of(DecisionKind.AcceptedFinding, run.Author, run.Outside.Clock.GetUtcNow()) with
        {
            Host = finding.Host,
            Snapshot = baseline,
            Finding = finding,
            Reason = run.Value(reason),
        };
    }
}
