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
    private readonly Option<bool> partner = new("--partner") { Description = "Also compare each server with the others of its pair" };
    private readonly ReportOptions reports = new();

    public AuditCommand() : base("audit", "Tell what has changed on servers, and whether it matters")
    {
        Add(hosts);
        Add(snapshot);
        Add(waived);
        Add(partner);
        reports.AddTo(this);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Reads each server as a backup does and compares it with its baseline, the accepted snapshot (relustre accept; without one the newest), by what the configuration means: comments, blanks, order without a "
            + "meaning and touched files are no findings. Nothing is stored and nothing is changed on a server.",
        "Rules by name are applied as well (docs/rules.md): what has cost somebody a failover, a recovery or data, whether it has changed or never was right. "
            + "With --partner the others of each server's pair are read too, and compared with it: what must be the same, and what must differ. A partner that "
            + "cannot be reached is told, and its newest snapshot stands in for it.",
        "Findings come worst first, each with its risk and why it matters. Secrets are compared and never shown. What is waived (relustre waive) does not "
            + "count; it is counted in a server's line and listed with --waived.",
        "A change of the CIB comes with what the cluster would do about it, where Pacemaker's crm_simulate is in the path of this machine, else by the one of the server that has that CIB. It changes "
            + "nothing and is sent no secret that the server does not have. Where neither can be asked (a key that is bound to an installed collector runs nothing else), nothing is said, and --json has the reason (unpredicted).",
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
        new("relustre audit mds1 --partner", "one server, its partner, and what they do not agree on"),
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
        return reports.Tell(run, report, components, run.Value(waived));
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
        var clusters = await ClustersAsync(run, site, cancel);
        return await FleetOf(run, vault, decisions, SiteIndexes.Of(site, []), clusters).SnapshotAsync(looked, cancel);
    }

    private async Task<AuditReport> LiveAsync(CommandRun run, Site site, Decisions decisions, CancellationToken cancel)
    {
        var chosen = site.Choose(run.Value(hosts) ?? []);
        if (chosen.Count == 0)
            throw new CommandFailedException(
                "this site has no servers yet: add one with 'relustre host add NAME', or look at this machine with 'relustre audit localhost'", ExitCode.Usage);
        var clusters = await ClustersAsync(run, site, cancel);
        if (run.Value(partner))
            chosen = PartnersOf.With(chosen, site, clusters, run.Screen);
        var view = new BackupView(run.Screen, run.HasProgress, [.. chosen.Select(host => host.Name)], run.Outside.Clock) { Captured = "read" };
        return await view.WatchAsync(() => AuditAsync(run, site, decisions, chosen, clusters, view.Report, cancel), cancel);
    }

    private async Task<AuditReport> AuditAsync(
        CommandRun run, Site site, Decisions decisions, IReadOnlyList<HostEntry> chosen, IReadOnlyList<ServerCluster> clusters, Action<BackupEvent> report, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var options = new BackUpOptions { MemoryFolder = site.MemoryFolder, Parallel = site.File.Parallel, Limits = site.Limits };
        return await FleetOf(run, vault, decisions, SiteIndexes.Of(site, chosen), clusters).LiveAsync([.. chosen.Select(site.HostOf)], options, report, cancel);
    }

    private async Task<IReadOnlyList<ServerCluster>> ClustersAsync(CommandRun run, Site site, CancellationToken cancel) =>
        run.Value(partner) ? await PartnersOf.ClustersAsync(run, site, cancel) : KnownClusters.Of(site);

    private AuditFleet FleetOf(CommandRun run, BlobVault vault, Decisions decisions, SiteIndexes indexes, IReadOnlyList<ServerCluster> clusters) =>
        new(vault, indexes, run.Outside.Clock)
        {
            WithTexts = reports.WithTexts(run),
            Simulation = new ClusterSimulation(run.Outside.Clock),
            Decisions = decisions,
            Clusters = clusters,
            ComparesPartners = run.Value(partner),
        };
}
