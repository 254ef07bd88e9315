using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>Tells what is not on the servers as it was backed up.</summary>
internal sealed class AuditCommand : Verb
{
    private readonly Argument<string[]> hosts = new("HOST") { Description = "Servers or pairs (all of the site by default); localhost is this machine", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> snapshot = new("--snapshot")
    {
        HelpName = "SNAPSHOT",
        Description = "Look at a snapshot and not at the server: an id, a server's name, HOST@DATE, or latest",
    };

    private readonly Option<bool> waived = new("--waived") { Description = "Also list what is waived" };

    private readonly ReportOptions reports = new();

    public AuditCommand() : base("audit", "Tell what has changed on servers, and whether it matters")
    {
        Add(hosts);
        Add(snapshot);
        Add(waived);
        reports.AddTo(this);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Reads each server as a backup does and compares it with its baseline, the accepted snapshot (relustre accept; without one the newest), by what the configuration means: comments, blanks, order without a "
            + "meaning and touched files are no findings. Nothing is stored and nothing is changed on a server.",
        "Findings come worst first, each with its risk and why it matters. Secrets are compared and never shown. What is waived (relustre waive) does not "
            + "count; it is counted in a server's line and listed with --waived.",
        "Exit codes, for cron and monitoring: 0 all is as it should be; 20 there are findings; 3 some servers, or parts of one, could not be read (there may be "
            + "findings too); 1 no server could be read.",
        .. ReportOptions.Details,
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre audit", "all servers of the site"),
        new("relustre audit mds1", "one server"),
        new("relustre audit mds --text", "one pair, with the lines that changed"),
        new("relustre audit --fail-on recovery --junit audit.xml --html audit.html", "for a pipeline: only what endangers a recovery fails it"),
        new("relustre audit --snapshot mds1@2026-05-31", "what that day's backup says against what is wanted"),
        new("relustre audit --json | jq '.servers[].findings[]'", "for a program"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.Drift, ExitCode.SomeHostsFailed, ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        reports.Check(run);
        var site = run.OpenSite();
        IReadOnlyList<string> components = [.. site.CatalogueFor(sshKeys: true).InRestoreOrder.Select(component => component.Name)];
        var decisions = new Decisions(CommandRun.DecisionsOf(site).Read(), run.Outside.Clock.GetUtcNow());
        var found = run.Value(snapshot) is { } wanted
            ? await SnapshotAsync(run, site, decisions, wanted, cancel)
            : await LiveAsync(run, site, decisions, cancel);
        var report = Decided(found, decisions);
        new RememberedFindings(site.MemoryFolder).Remember(report.Servers);
        WaiverLines.Warn(report.ExpiredWaivers, run.Screen);
        if (run.Value(waived) && !run.Screen.IsJson)
            WaiverLines.Show([.. report.Servers.SelectMany(server => server.Waived)], run.Screen);
        return reports.Tell(run, report, components);
    }

    // Last of all, so that it holds for whatever found something.
    private static AuditReport Decided(AuditReport report, Decisions decisions) => report with
    {
        Servers = [.. report.Servers.Select(decisions.Apply)],
        ExpiredWaivers = decisions.ExpiredFor([.. report.Servers.Select(server => server.Host)]),
    };

    private async Task<AuditReport> SnapshotAsync(CommandRun run, Site site, Decisions decisions, string wanted, CancellationToken cancel)
    {
        if (run.Value(hosts) is { Length: > 0 })
            throw new CommandFailedException("--snapshot says which server it is of: leave HOST out", ExitCode.Usage);
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var looked = new SnapshotFinder(await vault.SnapshotsAsync(cancel).ToListAsync(cancel)).Find(wanted);
        return await FleetOf(run, site, vault, decisions, sshKeys: true).SnapshotAsync(looked, cancel);
    }

    private async Task<AuditReport> LiveAsync(CommandRun run, Site site, Decisions decisions, CancellationToken cancel)
    {
        var chosen = site.Choose(run.Value(hosts) ?? []);
        if (chosen.Count == 0)
            throw new CommandFailedException(
                "this site has no servers yet: add one with 'relustre host add NAME', or look at this machine with 'relustre audit localhost'", ExitCode.Usage);
        var view = new BackupView(run.Screen, run.HasProgress, [.. chosen.Select(host => host.Name)], run.Outside.Clock) { Captured = "read" };
        return await view.WatchAsync(() => AuditAsync(run, site, decisions, chosen, view.Report, cancel), cancel);
    }

    private async Task<AuditReport> AuditAsync(
        CommandRun run, Site site, Decisions decisions, IReadOnlyList<HostEntry> chosen, Action<BackupEvent> report, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var options = new BackUpOptions { MemoryFolder = site.MemoryFolder, Parallel = site.File.Parallel, Limits = site.Limits };
        var servers = new List<AuditedServer>();
        // Servers whose keys stay at home are read with another script.
        foreach (var group in chosen.GroupBy(host => host.SshKeys))
            servers.AddRange((await FleetOf(run, site, vault, decisions, group.Key).LiveAsync([.. group.Select(site.HostOf)], options, report, cancel)).Servers);
        return new AuditReport(run.Outside.Clock.GetUtcNow(), servers);
    }

    private AuditFleet FleetOf(CommandRun run, Site site, BlobVault vault, Decisions decisions, bool sshKeys) =>
        new(vault, new CatalogueIndex(site.CatalogueFor(sshKeys)), run.Outside.Clock)
        {
            WithTexts = reports.WithTexts(run),
            Simulation = new ClusterSimulation(),
            Decisions = decisions,
        };
}
