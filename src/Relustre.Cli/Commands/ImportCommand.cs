using System.CommandLine;
using Relustre.Archives;
using Relustre.Cli.Output;
using Relustre.Operations;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Takes an archive of the appendix's script into the vault.</summary>
internal sealed class ImportCommand : Verb
{
    private readonly Argument<string> file = new("FILE") { Description = "The archive: .tgz, .tar.gz or .tar" };
    private readonly Option<string?> host = new("--host") { HelpName = "HOST", Description = "Whose configuration it is (told by the archive by default)" };

    public ImportCommand() : base("import", "Take an archive of IML's guide into the vault")
    {
        Add(file);
        Add(host);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Reads an archive that the installation guide's backup script made (or one that was put together by hand in its manner) and stores it as a snapshot of the time "
            + "when it was made (told by its name, or by its newest file), tagged 'imported'. Nothing in it is run, and nothing is unpacked on this machine.",
        "An archive that could not come from such a script (names that lead elsewhere, devices, bombs, damage) is refused. Importing the same one again changes nothing.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre import bck-mds1-20190507-110322.tgz", "an archive with its own name"),
        new("relustre import old.tar --host mds1", "one that does not tell whose it is"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.Locked, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var path = run.FullPath(run.Value(file)!); // The parser has insisted on it.
        await using var input = File.OpenRead(path);
        var archive = await AppendixArchive.ReadAsync(input, Path.GetFileName(path), new ArchiveLimits(), cancel);
        var name = run.Value(host) ?? archive.HostName;
        if (name.Length == 0)
            throw new CommandFailedException($"{path} does not tell whose configuration it is: say it with --host NAME");
        var site = run.OpenSite();
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var imported = await new ImportArchive(vault, new CatalogueIndex(site.CatalogueFor(sshKeys: true)), run.Outside.Clock)
            .RunAsync(archive, name, cancel);
        foreach (var leftOut in archive.LeftOut)
            run.Screen.Note($"left out: {Printable.Line(leftOut)}");
        if (archive.At is null && imported.IsNew)
            run.Screen.Note($"the archive does not tell when it was made; its newest file is of {Units.Time(imported.Snapshot.Record.Time)}, and so is the snapshot");
        if (run.Screen.IsJson)
            run.Screen.Json(
                new ImportReply(SnapshotReply.Of(imported.Snapshot), imported.Files, imported.IsNew, [.. archive.LeftOut.Select(JsonText.Text)]),
                Replies.Json.ImportReply);
        else
            run.Screen.Line($"{name} of {Units.Time(imported.Snapshot.Record.Time)}: {Units.Count(imported.Files, "file")}, "
                + (imported.IsNew ? $"new snapshot {imported.Snapshot.Id.Short}" : $"imported before as {imported.Snapshot.Id.Short}"));
        return ExitCode.Done;
    }
}
