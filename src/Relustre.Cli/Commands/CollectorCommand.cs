using System.CommandLine;
using Relustre.Capture;

namespace Relustre.Cli.Commands;

/// <summary>Prints the script that runs on a server.</summary>
internal sealed class CollectorCommand : Verb
{
    private readonly Argument<string> host = new("HOST") { Description = "The server (its entry decides what is read)" };

    public CollectorCommand() : base("collector", "Print the script that runs on a server") => Add(host);

    public override IReadOnlyList<string> Details =>
    [
        "Prints the one program that a backup runs on a server: a POSIX shell script that lists and reads files and runs tools that only read. "
            + "Normally it is sent over SSH and leaves nothing behind.",
        "Where a key must be able to do nothing else, install it as that key's forced command (docs/collector.md).",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre collector mds1 | less", "see what is run"),
        new("relustre collector mds1 > relustre-collector", "to be installed as /usr/local/sbin/relustre-collector"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        var entry = site.Choose([run.Value(host)!])[0]; // The parser has insisted on it.
        var script = CollectorScript.For(site.CatalogueFor(entry.SshKeys)).Text;
        run.Screen.Document(script);
        return Task.FromResult(ExitCode.Done);
    }
}
