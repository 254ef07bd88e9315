using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Tells of every cluster whether something of it is lent.</summary>
internal abstract class LeaseStatusCommand : Verb
{
    private readonly LeaseKind kind;
    private readonly Argument<string[]> clusters = new("PAIR") { Description = "Pairs, or servers of them; all by default", Arity = ArgumentArity.ZeroOrMore };

    protected LeaseStatusCommand(LeaseKind kind, string summary) : base("status", summary)
    {
        this.kind = kind;
        Add(clusters);
    }

    public override IReadOnlyList<string> Details =>
    [
        $"Asks the live clusters. Where '{kind.Setting}' is {kind.During} and no lease says until when, it says so. "
            + "Of a server that does not tell it says why and what to do; when no server of a pair tells, it ends with 1.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new($"relustre {kind.Name} status", "every pair of the site"),
        new($"relustre {kind.Name} status mds", "one pair"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public sealed override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var now = run.Outside.Clock.GetUtcNow();
        var replies = new List<LeaseReply>();
        foreach (var asked in AskedCluster.Of(run.OpenSite(), run.Value(clusters) ?? [], kind, run.Outside.Clock))
        {
            await using var cluster = asked;
            var told = await cluster.AskAsync(cancel);
            replies.Add(LeaseReply.Of(cluster.Name, cluster.Servers, told, now));
            if (!run.Screen.IsJson)
                Show(cluster.Name, told, now, run.Screen);
        }
        if (run.Screen.IsJson)
            run.Screen.Json(replies, Replies.Json.ListLeaseReply);
        else if (replies.Count == 0)
            run.Screen.Note("this site has no servers yet: add those of a cluster with 'relustre host add NAME --pair PAIR'");
        return replies.TrueForAll(reply => reply.IsKnown) ? ExitCode.Done : ExitCode.Failed;
    }

    private void Show(string cluster, AskedLease told, DateTimeOffset now, Screen screen)
    {
        screen.Line($"{cluster}: {(told.Answering.Count == 0 ? "nobody tells" : told.Lease is { } lease ? lease.ShownAt(now) : told.Unleased(kind))}");
        foreach (var silence in told.Silences)
            screen.Line($"  {silence}");
    }
}
