using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Operations;

namespace Relustre.Cli.Commands;

/// <summary>Copies a snapshot's files into a folder.</summary>
internal sealed class RestoreFilesCommand : Verb
{
    private readonly Argument<string> snapshot = SnapshotArgument.Create();
    private readonly Option<string> target = new("--target") { HelpName = "DIR", Description = "A new or empty folder for the files", Required = true };
    private readonly Option<string[]> only = new("--only") { HelpName = "PATH", Description = "Only this file or folder; can be repeated", Arity = ArgumentArity.OneOrMore };

    public RestoreFilesCommand() : base("restore-files", "Copy a snapshot's files into a folder")
    {
        Add(snapshot);
        Add(target);
        Add(only);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Writes the files, each at its own path below the folder, with owners, modes, times, links, attributes, ACLs and labels. Run it as root to get all "
            + "of these; as another user, what cannot be set is named and the content is there all the same.",
        "No server is touched. Nothing is overwritten: the folder must be new or empty. The files include secrets; a new folder is made readable by you alone.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre restore-files mds1 --target /tmp/mds1", "everything"),
        new("relustre restore-files 1a2b3c4d --target /tmp/cluster --only /etc/corosync --only /var/lib/pacemaker", "some of it"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.SomeHostsFailed, ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(run.OpenSite(), cancel);
        var found = (await CommandRun.FindAsync(vault, run.Value(snapshot)!, cancel)).Snapshot; // The parser has insisted on it.
        var folder = run.FullPath(run.Value(target)!); // And on this.
        var restored = await new RestoreFiles(vault).RunAsync(found, folder, run.Value(only) ?? [], cancel);
        foreach (var problem in restored.Problems)
            run.Screen.Warn($"{Printable.Line(problem.Subject)}: {Printable.Line(problem.Message)}");
        if (run.Screen.IsJson)
            run.Screen.Json(
                new RestoreReply(SnapshotReply.Of(found), restored.Target, restored.Names, restored.Bytes, [.. restored.Problems.Select(ProblemReply.Of)]),
                Replies.Json.RestoreReply);
        else
            run.Screen.Line($"{Units.Count(restored.Names, "name")} of {found.Record.Hostname} ({Units.Time(found.Record.Time)}), "
                + $"{Units.Size(restored.Bytes)}, are in {restored.Target}");
        return restored.Problems.Count == 0 ? ExitCode.Done : ExitCode.SomeHostsFailed;
    }
}
