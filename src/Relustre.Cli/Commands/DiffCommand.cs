using System.CommandLine;
using Relustre.Audit;
using Relustre.Operations;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Tells what differs between two snapshots.</summary>
internal sealed class DiffCommand : Verb
{
    private readonly Argument<string> before = new("A") { Description = "A snapshot, a server (its newest), HOST@DATE, or HOST@now: the server itself" };
    private readonly Argument<string> after = new("B") { Description = "The one to compare with it" };
    private readonly ReportOptions reports = new();

    public DiffCommand() : base("diff", "Tell what differs between two snapshots, times or servers")
    {
        Add(before);
        Add(after);
        reports.AddTo(this);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Compares by what the configuration means, as 'relustre audit' does. Wanted is what A has, found is what B has.",
        "HOST@now reads the server itself, as a backup does; nothing is stored and nothing is changed there.",
        .. ReportOptions.Details,
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre diff mds1@2026-05-31 mds1", "what has changed on mds1 since that day"),
        new("relustre diff mds1 mds1@now", "what has changed on mds1 since its newest snapshot"),
        new("relustre diff mds1 mds2 --risk recovery", "what differs between two servers, without the small things"),
        new("relustre diff mds1@2026-05-31 mds1 --component network --text", "with the lines of the files"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.Drift, ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        reports.Check(run);
        var site = run.OpenSite();
        await using var vault = await run.OpenVaultAsync(site, cancel);
        await using var moments = new Moments(vault, site, run.Outside.Clock);
        var wanted = await moments.FindAsync(run.Value(before)!, Quietly, cancel); // The parser has insisted on both.
        var found = await moments.FindAsync(run.Value(after)!, Quietly, cancel);
        var catalogue = site.CatalogueFor(sshKeys: true);
        var report = await new AuditFleet(vault, new CatalogueIndex(catalogue), run.Outside.Clock) { WithTexts = reports.WithTexts(run), Simulation = new ClusterSimulation(run.Outside.Clock) }
            .BetweenAsync(wanted, found, cancel);
        return reports.Tell(run, report, [.. catalogue.InRestoreOrder.Select(component => component.Name)]);
    }

    private static void Quietly(BackupEvent happened)
    {
    }
}
