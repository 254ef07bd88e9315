using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Commands;

/// <summary>Lists what is waived.</summary>
internal sealed class WaiveListCommand : Verb
{
    private readonly Option<bool> expired = new("--expired") { Description = "Only those that have expired" };

    public WaiveListCommand() : base("list", "List what is waived, until when, and whose it is") => Add(expired);

    public override IReadOnlyList<string> Details => ["In the order of their last days. Those that have expired are listed until somebody removes them."];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre waive list", "all of them"),
        new("relustre waive list --expired", "what has to be looked at"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var decisions = new Decisions(CommandRun.DecisionsOf(run.OpenSite()).Read(), run.Outside.Clock.GetUtcNow());
        var waivers = decisions.Waivers.Where(waiver => !run.Value(expired) || !decisions.Holds(waiver)).OrderBy(waiver => waiver.Until).ToList();
        if (run.Screen.IsJson)
            run.Screen.Json([.. waivers.Select(waiver => WaiverReply.Of(waiver, !decisions.Holds(waiver)))], Replies.Json.ListWaiverReply);
        else if (waivers.Count == 0)
            run.Screen.Note("nothing is waived");
        else
            run.Screen.Table(Sheet(waivers, decisions));
        return Task.FromResult(ExitCode.Done);
    }

    private static Sheet Sheet(IEnumerable<Waiver> waivers, Decisions decisions)
    {
        var sheet = new Sheet("ID", "UNTIL", "STATE", "OWNER", "WHAT", "REASON");
        foreach (var waiver in waivers)
            sheet.Add(waiver.Id, Units.Day(waiver.Until), decisions.Holds(waiver) ? "holds" : "EXPIRED", waiver.Decision.Owner, waiver.Subject, waiver.Decision.Reason);
        return sheet;
    }
}
