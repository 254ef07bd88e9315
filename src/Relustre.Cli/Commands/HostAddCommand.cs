using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Writes a server into site.yaml.</summary>
internal sealed class HostAddCommand : Verb
{
    private readonly Argument<string> name = new("NAME") { Description = "What the server is called here; also its address, unless --address says otherwise" };
    private readonly Option<string?> address = new("--address") { HelpName = "ADDRESS", Description = "Where ssh finds it: a host name, an IP address, or a Host of ssh_config" };
    private readonly Option<string?> user = new("--user") { HelpName = "USER", Description = "Log in as this user (root, unless site.yaml's defaults or ssh_config say otherwise)" };
    private readonly Option<int?> port = new("--port") { HelpName = "PORT", Description = "The port of its sshd" };
    private readonly Option<string?> root = new("--root") { HelpName = "DIR", Description = "A file tree on this machine (an image, a chroot, a diskless node's root) instead of a running server" };
    private readonly Option<bool> sudo = new("--sudo") { Description = "Become root with sudo after logging in" };
    private readonly Option<string?> identity = new("--identity") { HelpName = "FILE", Description = "The private key to log in with" };
    private readonly Option<string[]> options = new("--ssh-option") { HelpName = "NAME=VALUE", Description = "One more option for ssh, as ssh_config has it; can be repeated", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> pair = new("--pair") { HelpName = "PAIR", Description = "The name that the servers of its Pacemaker cluster share" };
    private readonly Option<bool> noKeys = new("--no-ssh-keys") { Description = "Leave its SSH host keys and root's keys out of the backup" };

    public HostAddCommand() : base("add", "Add a server to the site")
    {
        Add(name);
        foreach (var option in new Option[] { address, user, port, root, sudo, identity, options, pair, noKeys })
            Add(option);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Writes one entry into site.yaml; your comments and layout stay as they are. Nothing is sent to the server, and nothing is "
            + "ever installed on it: it needs sshd, a shell and GNU tar.",
        "Whatever ssh already knows (ssh_config, keys, an agent, jump hosts) is used; the options here are for what it does not know.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre host add mds1 --pair mds", "a server that DNS and ssh_config know"),
        new("relustre host add oss3 --address 10.10.0.23 --user backup --sudo", "as an ordinary user who may become root"),
        new("relustre host add image1 --root /srv/images/oss", "a file tree on this machine"),
        new("relustre host add localhost", "this machine, in every sweep"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var host = new HostEntry(run.Value(name)!) // The parser has insisted on it.
        {
            Address = run.Value(address),
            User = run.Value(user),
            Port = run.Value(port),
            Root = run.Value(root) is { } folder ? run.FullPath(folder) : null,
            Sudo = run.Value(sudo),
            Identity = run.Value(identity) is { } key ? run.FullPath(key) : null,
            SshOptions = run.Value(options) ?? [],
            Pair = run.Value(pair),
            SshKeys = !run.Value(noKeys),
        };
        var site = await run.OpenSite().AddAsync(host, run.Outside.Clock, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(HostReply.Of(site.Choose([host.Name])[0]), Replies.Json.HostReply);
        else
            run.Screen.Line($"added {host.Name}; back it up with: relustre backup {host.Name}");
        return ExitCode.Done;
    }
}
