using System.CommandLine;
using Relustre.Cli.Output;

namespace Relustre.Cli.Commands;

/// <summary>Tells of every cluster whether a lease suspends its fencing.</summary>
internal sealed class FencingStatusCommand : Verb
{
    private readonly Argument<string[]> clusters = new("PAIR") { Description = "Pairs, or servers of them; all by default", Arity = ArgumentArity.ZeroOrMore };

    public FencingStatusCommand() : base("status", "Tell whether a lease suspends fencing, until when, by whom and why") => Add(clusters);

    public override IReadOnlyList<string> Details =>
        ["Asks the live clusters. What is told is the lease alone: fencing that somebody has switched off by hand is a finding of 'relustre audit'."];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre fencing status", "every pair of the site"),
        new("relustre fencing status mds", "one pair"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var now = run.Outside.Clock.GetUtcNow();
        var replies = new List<FencingReply>();
        foreach (var asked in AskedCluster.Of(run.OpenSite(), run.Value(clusters) ?? [], run.Outside.Clock))
        {
            await using var cluster = asked;
            var (answering, lease) = await cluster.AskAsync(run.Screen, cancel);
            replies.Add(FencingReply.Of(cluster.Name, cluster.Servers, lease, now, answering.Count > 0));
            if (!run.Screen.IsJson)
                run.Screen.Line($"{cluster.Name}: {(answering.Count == 0 ? "nobody tells" : lease is null ? "no lease suspends fencing" : lease.ShownAt(now))}");
        }
        if (run.Screen.IsJson)
            run.Screen.Json(replies, Replies.Json.ListFencingReply);
        return replies.TrueForAll(reply => reply.IsKnown) ? ExitCode.Done : ExitCode.Failed;
    }
}
