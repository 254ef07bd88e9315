using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Writes a path of the site's own into site.yaml.</summary>
internal sealed class PathAddCommand : Verb
{
    private readonly Argument<string[]> patterns = new("PATH") { Description = "Absolute; *, ? and [a-z] within a name, .* for hidden names, FOLDER/** for all below", Arity = ArgumentArity.OneOrMore };

    public PathAddCommand() : base("add", "Back up a path of your own on every server") => Add(patterns);

    public override IReadOnlyList<string> Details =>
    [
        "Writes the path into site.yaml ('paths:'); your comments and layout stay as they are. It is read from the next backup on, wherever a server has it.",
        "Put quotes around a pattern: the shell would expand it on this machine.",
    ];

    public override IReadOnlyList<Example> Examples => [new("relustre path add '/opt/site/etc/**' /usr/local/sbin/failover-hook", "a folder with all below it, and one file")];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel) =>
        AddAsync(run, run.OpenSite(), run.Value(patterns)!, cancel); // The parser has insisted on one.

    internal static async Task<ExitCode> AddAsync(CommandRun run, Site site, IReadOnlyList<string> wanted, CancellationToken cancel)
    {
        foreach (var path in wanted)
        {
            if (site.File.Paths.Contains(path))
            {
                run.Screen.Note($"{path} is backed up already");
                continue;
            }
            site = await site.AddPathAsync(path, run.Outside.Clock, cancel);
            if (!run.Screen.IsJson)
                run.Screen.Line($"added {path}: every server is backed up with it from now on");
        }
        if (run.Screen.IsJson)
            run.Screen.Json(new PathsReply(site.File.Paths), Replies.Json.PathsReply);
        return ExitCode.Done;
    }
}
