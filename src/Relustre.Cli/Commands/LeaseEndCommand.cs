using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Ends a lease before its time.</summary>
internal abstract class LeaseEndCommand : Verb
{
    private readonly LeaseKind kind;
    private readonly Argument<string> cluster = new("PAIR") { Description = "The pair, or one of its servers" };

    protected LeaseEndCommand(LeaseKind kind, string name, string summary) : base(name, summary)
    {
        this.kind = kind;
        Add(cluster);
    }

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public sealed override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        await using var asked = AskedCluster.Of(run.OpenSite(), [run.Value(cluster)!], kind, run.Outside.Clock)[0]; // The parser has insisted on it.
        var told = await asked.AskAsync(run.Screen, cancel);
        if (told.Lease is { } lease)
            await lease.EndAsync(told.Answering[0], cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(LeaseReply.Of(asked.Name, asked.Servers, lease: null, run.Outside.Clock.GetUtcNow()), Replies.Json.LeaseReply);
        else
            run.Screen.Line($"{asked.Name}: {(told.Lease is null ? $"{told.Unleased(kind)}; nothing was changed" : kind.Over)}");
        return ExitCode.Done;
    }
}
