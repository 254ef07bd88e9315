using System.CommandLine;
using Relustre.Cli.Output;

namespace Relustre.Cli.Commands;

/// <summary>Takes a server out of site.yaml.</summary>
internal sealed class HostRemoveCommand : Verb
{
    private readonly Argument<string> name = new("NAME") { Description = "The server's name in site.yaml" };

    public HostRemoveCommand() : base("remove", "Remove a server from the site") => Add(name);

    public override IReadOnlyList<string> Details =>
    [
        "Takes the server's entry out of site.yaml; everything else in the file stays as it is. Its snapshots stay in the vault.",
    ];

    public override IReadOnlyList<Example> Examples => [new("relustre host remove oss3", "it is backed up no longer")];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var host = run.Value(name)!; // The parser has insisted on it.
        await run.OpenSite().RemoveAsync(host, run.Outside.Clock, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(new RemovedReply(host), Replies.Json.RemovedReply);
        else
            run.Screen.Line($"removed {host}; its snapshots stay in the vault");
        return ExitCode.Done;
    }
}
