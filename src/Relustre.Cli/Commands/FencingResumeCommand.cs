using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Ends a lease before its time.</summary>
internal sealed class FencingResumeCommand : Verb
{
    private readonly Argument<string> cluster = new("PAIR") { Description = "The pair, or one of its servers" };

    public FencingResumeCommand() : base("resume", "Switch fencing on again, before its lease is over") => Add(cluster);

    public override IReadOnlyList<string> Details => ["The timers of its nodes then find nothing to do. Without a lease, nothing is changed."];

    public override IReadOnlyList<Example> Examples => [new("relustre fencing resume mds", "what it was suspended for is done")];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        await using var asked = AskedCluster.Of(run.OpenSite(), [run.Value(cluster)!], run.Outside.Clock)[0]; // The parser has insisted on it.
        var (answering, lease, _) = await asked.AskAsync(run.Screen, cancel);
        if (lease is not null)
            await FencingLease.EndAsync(answering[0], cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(FencingReply.Of(asked.Name, asked.Servers, lease: null, run.Outside.Clock.GetUtcNow()), Replies.Json.FencingReply);
        else
            run.Screen.Line(lease is null ? $"{asked.Name}: no lease suspends fencing; nothing was changed" : $"{asked.Name}: fencing is on again");
        return ExitCode.Done;
    }
}
