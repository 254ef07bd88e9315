using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Sites;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Tells what is not on the servers as it was backed up.</summary>
internal sealed class AuditCommand : Verb
{
    private readonly Argument<string[]> hosts = new("HOST") { Description = "Servers or pairs (all of the site by default); localhost is this machine", Arity = ArgumentArity.ZeroOrMore };

    public AuditCommand() : base("audit", "Tell what has changed on servers, and whether it matters") => Add(hosts);

    public override IReadOnlyList<string> Details =>
    [
        "Reads each server as a backup does and compares it with its newest snapshot, by what the configuration means: comments, blanks, order without a "
            + "meaning and touched files are no findings. Nothing is stored and nothing is changed on a server.",
        "Findings come worst first, each with its risk and why it matters. Secrets are compared and never shown.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre audit", "all servers of the site"),
        new("relustre audit mds1", "one server"),
        new("relustre audit --json | jq '.servers[].findings[]'", "for a program"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.Drift, ExitCode.SomeHostsFailed, ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        var chosen = site.Choose(run.Value(hosts) ?? []);
        if (chosen.Count == 0)
            throw new CommandFailedException(
                "this site has no servers yet: add one with 'relustre host add NAME', or look at this machine with 'relustre audit localhost'", ExitCode.Usage);
        var view = new BackupView(run.Screen, run.HasProgress, [.. chosen.Select(host => host.Name)], run.Outside.Clock);
        var report = await view.WatchAsync(() => AuditAsync(run, site, chosen, view.Report, cancel), cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(AuditReply.Of(report), Replies.Json.AuditReply);
        else
            AuditSheet.Show(report, run.Screen);
        return CodeOf(report);
    }

    private static async Task<AuditReport> AuditAsync(
        CommandRun run, Site site, IReadOnlyList<HostEntry> chosen, Action<BackupEvent> report, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var options = new BackUpOptions { MemoryFolder = site.MemoryFolder, Parallel = site.File.Parallel, Limits = site.Limits };
        var servers = new List<AuditedServer>();
        // Servers whose keys stay at home are read with another script.
        foreach (var group in chosen.GroupBy(host => host.SshKeys))
            servers.AddRange((await new AuditFleet(vault, new CatalogueIndex(site.CatalogueFor(group.Key)), run.Outside.Clock)
                .LiveAsync([.. group.Select(site.HostOf)], options, report, cancel)).Servers);
        return new AuditReport(run.Outside.Clock.GetUtcNow(), servers);
    }

    private static ExitCode CodeOf(AuditReport report)
    {
        if (report.Servers.All(server => server.Failure is not null))
            return ExitCode.Failed;
        if (!report.IsWhole || report.Servers.Any(server => server.Problems.Count > 0))
            return ExitCode.SomeHostsFailed;
        return report.Findings.Any() ? ExitCode.Drift : ExitCode.Done;
    }
}
