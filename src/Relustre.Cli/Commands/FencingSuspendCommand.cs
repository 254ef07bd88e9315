using System.CommandLine;
using System.Globalization;
using Relustre.Cli.Output;
using Relustre.Restore;
using Relustre.Restore.Gates;

namespace Relustre.Cli.Commands;

/// <summary>Lends out a cluster's fencing, for a while.</summary>
internal sealed class FencingSuspendCommand : Verb
{
    private readonly Argument<string> cluster = new("PAIR") { Description = "The pair, or one of its servers" };
    private readonly Option<string> limit = new("--for") { HelpName = "TIME", Description = "For how long, as 30m or 2h; 8h at most", Required = true };
    private readonly Option<string> reason = new("--reason") { HelpName = "TEXT", Description = "Why; everybody who looks at the cluster sees it", Required = true };
    private readonly GateOption gates = new();

    public FencingSuspendCommand() : base("suspend", "Suspend a cluster's fencing for a while; its nodes end that by themselves")
    {
        Add(cluster);
        Add(limit);
        Add(reason);
        gates.AddTo(this);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Without fencing nothing stops a node that hangs from writing to a target that its partner has taken over. A cluster in maintenance mode ('pcs property set maintenance-mode=true'), or resources "
            + "that are disabled, are nearly always the better way. So it takes the gate's name, typed, a reason, and a limit.",
        "Each node that answers first sets a timer of its own, which switches fencing on again whatever becomes of Relustre and its machine; one that cannot means that nothing is suspended. The lease stands in the "
            + "cluster's properties, in every plan and every audit, and no restore is over before it is.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre fencing suspend mds --for 30m --reason 'new BMC in mds1' --open-gate fencing-suspended", "for half an hour at most"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.GateRefused, ExitCode.NoVault];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var time = TimeOf(run.Value(limit)!); // The parser has insisted on it.
        var isOpened = gates.IsTyped(run, FencingSuspended.GateName);
        if (!isOpened)
            throw new CommandFailedException(FencingLease.NotOpened, ExitCode.GateRefused);
        await using var asked = AskedCluster.Of(run.OpenSite(), [run.Value(cluster)!], run.Outside.Clock)[0];
        var (answering, other, _) = await asked.AskAsync(run.Screen, cancel);
        if (other is not null)
            throw new CommandFailedException($"{asked.Name}: {Printable.Line(other.ShownAt(run.Outside.Clock.GetUtcNow()))}. Give that back first: relustre fencing resume {asked.Name}", ExitCode.GateRefused);
        var lease = await FencingLease.TakeAsync(isOpened, answering, time, run.Value(reason)!, run.Outside.Clock, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(FencingReply.Of(asked.Name, asked.Servers, lease, run.Outside.Clock.GetUtcNow()), Replies.Json.FencingReply);
        else
            run.Screen.Line($"{asked.Name}: {lease.Shown}. {string.Join(" and ", answering.Select(server => server.Host.Name))} will end it; give it back before: relustre fencing resume {asked.Name}");
        return ExitCode.Done;
    }

    private static TimeSpan TimeOf(string text) =>
        text.Length is > 1 and < 8 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && "smh".Contains(text[^1], StringComparison.Ordinal)
            ? text[^1] switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), _ => TimeSpan.FromHours(number) }
            : throw new CommandFailedException($"--for {text}: give a number and s, m or h, as 30m", ExitCode.Usage);
}
