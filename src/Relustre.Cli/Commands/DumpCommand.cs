using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>Prints one file of a snapshot.</summary>
internal sealed class DumpCommand : Verb
{
    private readonly Argument<string> snapshot = SnapshotArgument.Create();
    private readonly Argument<string> path = new("PATH") { Description = "The file's absolute path, as ls shows it" };
    private readonly Option<bool> secrets = new("--show-secrets") { Description = "Also print files that hold secrets" };

    public DumpCommand() : base("dump", "Print one file of a snapshot")
    {
        Add(snapshot);
        Add(path);
        Add(secrets);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Writes the file's bytes to standard output, exactly as the server had them. On a terminal, what the terminal would obey is written out as an "
            + "escape; in a pipe or a file nothing is changed.",
        "Files that hold secrets (shadow, private keys, the CIB, BMC configuration) are printed only with --show-secrets.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre dump mds1 /etc/corosync/corosync.conf", "look at it"),
        new("relustre dump mds1@2026-05-31 /etc/fstab > fstab", "take it"),
        new("relustre dump mds1 /.relustre/tools/packages/rpm.txt", "what a tool said"),
        new("relustre dump mds1 /etc/corosync/authkey --show-secrets | sha256sum", "a secret"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword, ExitCode.GateRefused];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var reader = await CommandRun.FindAsync(vault, run.Value(snapshot)!, cancel); // The parser has insisted on both.
        var entry = await FindAsync(reader, run.Value(path)!, cancel);
        if (!run.Value(secrets) && SecretPaths.Holds(site.CatalogueFor(sshKeys: true), entry.Path))
            throw new CommandFailedException($"{entry.Path} holds secrets, or nobody knows what it holds: add --show-secrets to print it all the same", ExitCode.GateRefused);
        if (run.Screen.IsJson)
            run.Screen.Json(
                new DumpReply(EntryReply.Of(entry), Convert.ToBase64String((await reader.ReadAsync(entry, cancel)).Span)), Replies.Json.DumpReply);
        else if (run.Screen.IsTerminal)
            run.Screen.Text(UnixPath.Decode((await reader.ReadAsync(entry, cancel)).Span));
        else
            await foreach (var piece in reader.ContentAsync(entry, cancel))
                await run.Screen.Raw(piece, cancel);
        return ExitCode.Done;
    }

    private static async Task<SnapshotEntry> FindAsync(SnapshotReader reader, string path, CancellationToken cancel)
    {
        var id = reader.Snapshot.Id.Short;
        var entry = await reader.FindAsync(path, cancel) ?? throw new SnapshotNotFoundException(
            $"snapshot {id} of {reader.Snapshot.Record.Hostname} has no {path}: see 'relustre ls {id}'");
        return entry.Node switch
        {
            { Type: NodeType.File } => entry,
            { Type: NodeType.Symlink, LinkTarget: { } target } => throw new CommandFailedException(
                $"{entry.Path} is a symlink to {Printable.Line(UnixPath.Decode(target.Span))}: dump that one"),
            { Type: NodeType.Directory } => throw new CommandFailedException(
                $"{entry.Path} is a folder: 'relustre ls {id} {entry.Path}' lists it, 'relustre restore-files {id} --only {entry.Path} --target DIR' copies it"),
            _ => throw new CommandFailedException($"{entry.Path} is no ordinary file and has no content"),
        };
    }
}
