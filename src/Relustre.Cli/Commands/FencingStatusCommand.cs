using System.CommandLine;
using Relustre.Cli.Output;

namespace Relustre.Cli.Commands;

/// <summary>Tells of every cluster whether a lease suspends its fencing.</summary>
internal sealed class FencingStatusCommand : Verb
{
    private readonly Argument<string[]> clusters = new("PAIR") { Description = "Pairs, or servers of them; all by default", Arity = ArgumentArity.ZeroOrMore };

    public FencingStatusCommand() : base("status", "Tell whether a lease suspends fencing, until when, by whom and why") => Add(clusters);

    public override IReadOnlyList<string> Details =>
    [
        "Asks the live clusters. What is told is the lease alone: fencing that somebody has switched off by hand is a finding of 'relustre audit'. "
            + "Of a server that does not tell it says why and what to do; when no server of a pair tells, it ends with 1.",
    ];

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
            var told = await cluster.AskAsync(cancel);
            replies.Add(FencingReply.Of(cluster.Name, cluster.Servers, told, now));
            if (!run.Screen.IsJson)
                Show(cluster.Name, told, now, run.Screen);
        }
        if (run.Screen.IsJson)
            run.Screen.Json(replies, Replies.Json.ListFencingReply);
        return replies.TrueForAll(reply => reply.IsKnown) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(string cluster, AskedLease told, DateTimeOffset now, Screen screen)
    {
        screen.Line($"{cluster}: {(told.Answering.Count == 0 ? "nobody tells" : told.Lease is { } lease ? lease.ShownAt(now) : "no lease suspends fencing")}");
        foreach (var silence in told.Silences)
            screen.Line($"  {silence}");
    }
}
