using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Shows the servers of the site.</summary>
internal sealed class HostListCommand : Verb
{
    private readonly Option<bool> names = new("--names") { Description = "Only the names, one on a line, for scripts" };

    public HostListCommand() : base("list", "List the servers of the site") => Add(names);

    public override IReadOnlyList<string> Details =>
    [
        "Prints what site.yaml says about each server, its defaults filled in. localhost is always there, without an entry; it is part of a "
            + "sweep over all servers only when it has one.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre host list", "a table"),
        new("for host in $(relustre host list --names); do ssh \"$host\" uptime; done", "for other tools"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var hosts = run.OpenSite().File.Hosts;
        if (run.Screen.IsJson)
            run.Screen.Json([.. hosts.Select(HostReply.Of)], Replies.Json.ListHostReply);
        else if (run.Value(names))
            foreach (var host in hosts)
                run.Screen.Line(host.Name);
        else if (hosts.Count == 0)
            run.Screen.Note("this site has no servers yet: relustre host add NAME (localhost needs no entry: relustre backup localhost)");
        else
            run.Screen.Table(Sheet(hosts));
        return Task.FromResult(ExitCode.Done);
    }

    private static Sheet Sheet(IEnumerable<HostEntry> hosts)
    {
        var sheet = new Sheet("NAME", "PAIR", "REACHED BY", "AS");
        foreach (var host in hosts)
            sheet.Add(host.Name, host.Pair, Way(host), host.Root is not null || host.IsLocal ? "" : (host.User ?? "") + (host.Sudo ? " (sudo)" : ""));
        return sheet;
    }

    private static string Way(HostEntry host) => host switch
    {
        { Root: { } root } => $"file tree {root}",
        { IsLocal: true } => "this machine",
        _ => $"ssh {host.Address ?? host.Name}{(host.Port is { } port ? $" port {port}" : "")}",
    };
}
