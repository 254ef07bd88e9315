using System.CommandLine;
using System.Globalization;
using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Lends something of a cluster, for a while.</summary>
internal abstract class LeaseTakeCommand : Verb
{
    private readonly LeaseKind kind;
    private readonly Argument<string> cluster = new("PAIR") { Description = "The pair, or one of its servers" };
    private readonly Option<string> limit;
    private readonly Option<string> reason = new("--reason") { HelpName = "TEXT", Description = "Why; everybody who looks at the cluster sees it", Required = true };

    protected LeaseTakeCommand(LeaseKind kind, string name, string summary) : base(name, summary)
    {
        this.kind = kind;
        limit = new("--for") { HelpName = "TIME", Description = $"For how long, as 30m or 2h; {kind.Longest.TotalHours}h at most", Required = true };
        Add(cluster);
        Add(limit);
        Add(reason);
    }

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.GateRefused, ExitCode.NoVault];

    public sealed override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var time = TimeOf(run.Value(limit)!); // The parser has insisted on it.
        if (Refusal(run, run.Value(cluster)!) is { } refusal)
            throw new CommandFailedException(refusal, ExitCode.GateRefused);
        await using var asked = AskedCluster.Of(run.OpenSite(), [run.Value(cluster)!], kind, run.Outside.Clock)[0];
        var told = await asked.AskAsync(run.Screen, cancel);
        if (told.Lease is { } other)
            throw new CommandFailedException($"{asked.Name}: {Printable.Line(other.ShownAt(run.Outside.Clock.GetUtcNow()))}. Give that back first: {kind.EndCommand} {asked.Name}", ExitCode.GateRefused);
        var lease = await ClusterLease.TakeAsync(kind, IsOpened(run), told.Answering, time, run.Value(reason)!, run.Outside.Clock, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(LeaseReply.Of(asked.Name, asked.Servers, lease, run.Outside.Clock.GetUtcNow()), Replies.Json.LeaseReply);
        else
            run.Screen.Line($"{asked.Name}: {lease.Shown}. {string.Join(" and ", told.Answering.Select(server => server.Host.Name))} will end it; give it back before: {kind.EndCommand} {asked.Name}");
        return ExitCode.Done;
    }

    /// <summary>Whether the gate of its kind was typed.</summary>
    protected virtual bool IsOpened(CommandRun run) => false;

    /// <summary>Why not, before anybody is asked, and what else to do; null: it may be.</summary>
    protected virtual string? Refusal(CommandRun run, string pair) => null;

    private static TimeSpan TimeOf(string text) =>
        text.Length is > 1 and < 8 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && "smh".Contains(text[^1], StringComparison.Ordinal)
            ? text[^1] switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), _ => TimeSpan.FromHours(number) }
            : throw new CommandFailedException($"--for {text}: give a number and s, m or h, as 30m", ExitCode.Usage);
}
