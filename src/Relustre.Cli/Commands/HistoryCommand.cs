using System.CommandLine;
using System.Globalization;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Tells what happened to a server.</summary>
internal sealed class HistoryCommand : Verb
{
    private const int ShownChanges = 5;

    private readonly Argument<string> host = new("HOST") { Description = "The server; it need not be in the site any more" };
    private readonly Option<string?> component = new("--component") { HelpName = "NAME", Description = "Only what changed in this component" };
    private readonly Option<string?> since = new("--since") { HelpName = "DATE", Description = "Only from this day or time on" };
    private readonly Option<bool> all = new("--all-changes") { Description = $"Every change, not only the {ShownChanges} worst of each snapshot" };

    public HistoryCommand() : base("history", "Tell what happened to a server, snapshot by snapshot")
    {
        Add(host);
        foreach (var option in new Option[] { component, since, all })
            Add(option);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Every snapshot with what changed in it since the one before, worst first; when the server was seen unchanged or could not be read in between; and what "
            + "was accepted and waived. The newest comes last. Times are universal (Z).",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre history mds1", "all there is"),
        new("relustre history mds1 --component corosync --since 2026-05-01", "what happened to its corosync in the last months"),
        new("relustre history mds1 --json | jq '.events[].changes[]?.setting'", "for a program"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        var name = run.Value(host)!; // The parser has insisted on it.
        var catalogue = site.CatalogueFor(sshKeys: true);
        var from = Since(run);
        var only = run.Value(component) is { } wanted ? ComponentName.Find(catalogue, wanted) : null;
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var snapshots = await HostSnapshots.OfAsync(vault, name, cancel);
        var events = await new HostHistory(vault, new CatalogueIndex(catalogue), Ledger.BesideVault(site.VaultFolder), CommandRun.DecisionsOf(site).Read())
        {
            Component = only,
            Since = from,
        }.OfAsync(name, snapshots, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(HistoryReply.Of(name, events), Replies.Json.HistoryReply);
        else if (events.Count == 0)
            run.Screen.Note($"nothing of {name} since then");
        else
            HistorySheet.Show(events, run.Value(all) ? int.MaxValue : ShownChanges, run.Screen);
        return ExitCode.Done;
    }

    private DateTimeOffset Since(CommandRun run) => run.Value(since) switch
    {
        null => DateTimeOffset.MinValue,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        var text => throw new CommandFailedException($"--since: '{text}' is no day or time such as 2026-05-31 or 2026-05-31T14:00\nSee 'relustre history --help'", ExitCode.Usage),
    };
}
