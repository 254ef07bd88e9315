using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Tells what no backup has.</summary>
internal sealed class CoverageCommand : Verb
{
    private readonly Argument<string> host = new("HOST") { Description = "The server" };
    private readonly Option<string[]> add = new("--add") { HelpName = "PATH", Description = "Add a path to those that are backed up, as 'relustre path add' does, and ask no server; can be repeated", Arity = ArgumentArity.OneOrMore };

    public CoverageCommand() : base("coverage", "Tell what is configured on a server that no backup has")
    {
        Add(host);
        Add(add);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Asks the server, with one script that only reads, which files under /etc, /usr/local, /opt/*/etc, /root and /var/spool/cron no package brought or are not "
            + "what their package brought, what enabled units run, and what is mounted; and tells which of it no component captures. Caches, generated links and "
            + "leftovers are left out (docs/history.md lists them). It takes some seconds, mostly the package database's.",
        "As another user than root it sees less, and says so.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre coverage mds1", "what is missing"),
        new("relustre coverage mds1 --add '/opt/site/etc/**'", "from now on it is backed up, on every server"),
        new("relustre coverage mds1 --json | jq -r '.gaps[].path'", "for a program"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        var name = run.Value(host)!; // The parser has insisted on it.
        if (site.Choose([name]) is not [var entry])
            throw new CommandFailedException($"'{name}' is a pair: name one of its servers", ExitCode.Usage);
        if (run.Value(add) is { Length: > 0 } patterns)
            return await PathAddCommand.AddAsync(run, site, patterns, cancel);
        // Keys that stay at home by choice are nothing that was forgotten.
        var report = await new CoverHost(new CatalogueIndex(site.CatalogueFor(sshKeys: true)), site.Limits, run.Outside.Clock).RunAsync(site.HostOf(entry), cancel);
        if (!report.IsRoot)
            run.Screen.Warn($"{name} was looked at by an ordinary user: what only root may read is missing here (site.yaml: sudo: true)");
        if (!report.KnowsPackages)
            run.Screen.Warn($"{name} told nothing of its packages: every file counts as in use");
        if (run.Screen.IsJson)
            run.Screen.Json(CoverageReply.Of(report), Replies.Json.CoverageReply);
        else
            CoverageSheet.Show(report, run.Screen);
        return ExitCode.Done;
    }
}
