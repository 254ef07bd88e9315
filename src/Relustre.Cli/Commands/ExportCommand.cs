using System.CommandLine;
using Relustre.Archives;
using Relustre.Cli.Output;
using Relustre.Operations;

namespace Relustre.Cli.Commands;

/// <summary>Writes a snapshot as the archive that the appendix describes.</summary>
internal sealed class ExportCommand : Verb
{
    private readonly Argument<string> snapshot = SnapshotArgument.Create();
    private readonly Option<string?> file = new("--out") { HelpName = "FILE", Description = "The archive's name (bck-HOST-YYYYMMDD-HHMMSS.tgz in the current folder by default)" };

    public ExportCommand() : base("export", "Write a snapshot as the archive of IML's guide")
    {
        Add(snapshot);
        Add(file);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Writes the archive that the installation guide's appendix on backup and recovery makes: every file at its own path, the cluster's CIB, and a script that puts "
            + "the services' runlevels back. Whoever works by that document can use it as it is; time stands in universal time.",
        "The archive holds secrets and is not sealed. It is made readable by you alone, and never written over a file that is there.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre export mds1", "its newest snapshot"),
        new("relustre export mds1@2026-05-31 --out /tmp/mds1.tgz", "as it was that day"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(run.OpenSite(), cancel);
        var found = (await CommandRun.FindAsync(vault, run.Value(snapshot)!, cancel)).Snapshot; // The parser has insisted on it.
        var archive = await new ExportHost(vault).RunAsync(found, cancel);
        var path = run.FullPath(run.Value(file) ?? $"{archive.Name}.tgz");
        if (File.Exists(path))
            throw new CommandFailedException($"{path} is there already and is not written over: name another file with --out");
        await WriteAsync(archive, path, cancel);
        var bytes = new FileInfo(path).Length;
        if (run.Screen.IsJson)
            run.Screen.Json(new ExportReply(SnapshotReply.Of(found), path, bytes), Replies.Json.ExportReply);
        else
            run.Screen.Line($"{found.Record.Hostname} of {Units.Time(found.Record.Time)} is in {path} ({Units.Size(bytes)}); it holds secrets");
        return ExitCode.Done;
    }

    // Half an archive must not pass for a whole one, nor stand in the way of the next attempt.
    private static async Task WriteAsync(AppendixArchive archive, string path, CancellationToken cancel)
    {
        await using var output = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            await archive.WriteAsync(output, cancel);
            output.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
