using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Ends a waiver.</summary>
internal sealed class WaiveRemoveCommand : Verb
{
    private readonly Argument<string> id = new("WAIVER") { Description = "The waiver's id, as 'relustre waive list' has it" };
    private readonly Option<string?> reason = DecisionText.Option("--reason", "TEXT", "Why, for those who come after you");

    public WaiveRemoveCommand() : base("remove", "End a waiver: what it hid counts again")
    {
        Add(id);
        Add(reason);
    }

    public override IReadOnlyList<string> Details => ["The waiver stays in the records, with who ended it."];

    public override IReadOnlyList<Example> Examples => [new("relustre waive remove w1a2b3c4d", "it counts no longer")];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var wanted = run.Value(id)!; // The parser has insisted on it.
        var log = CommandRun.DecisionsOf(run.OpenSite());
        var now = run.Outside.Clock.GetUtcNow();
        var waivers = new Decisions(log.Read(), now).Waivers;
        var waiver = waivers.FirstOrDefault(waiver => waiver.Id == wanted) ?? throw new CommandFailedException(
            $"there is no waiver '{wanted}'{Spelling.DidYouMean(wanted, waivers.Select(waiver => waiver.Id))}; see 'relustre waive list'", ExitCode.Usage);
        log.Note([Decision.Of(DecisionKind.WaiverRemoved, run.Author, now) with { Host = waiver.Decision.Host, Removes = waiver.Id, Reason = run.Value(reason) }]);
        if (run.Screen.IsJson)
            run.Screen.Json(new RemovedReply(waiver.Id), Replies.Json.RemovedReply);
        else
            run.Screen.Line($"{waiver.Id}: waived no longer: {waiver.Subject}");
        return Task.FromResult(ExitCode.Done);
    }
}
