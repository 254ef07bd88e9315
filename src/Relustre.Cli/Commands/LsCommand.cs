using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Lists the files of a snapshot.</summary>
internal sealed class LsCommand : Verb
{
    private readonly Argument<string> snapshot = SnapshotArgument.Create();
    private readonly Argument<string?> path = new("PATH") { Description = "A file, or a folder with everything below it (all by default)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> names = new("--names") { Description = "Only the paths" };

    public LsCommand() : base("ls", "List the files in a snapshot")
    {
        Add(snapshot);
        Add(path);
        Add(names);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Prints mode, owner, group, size, time (universal) and path, as ls -l does. /.relustre holds what Relustre adds: the manifest, and what the "
            + "server's tools said. What a terminal would obey in a name is written out as an escape; --json has every name exactly.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre ls mds1", "everything in mds1's newest snapshot"),
        new("relustre ls mds1@2026-05-31 /etc/corosync", "one folder, as it was that day"),
        new("relustre ls latest --json | jq -r .path", "one JSON object on each line"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(run.OpenSite(), cancel);
        var reader = await CommandRun.FindAsync(vault, run.Value(snapshot)!, cancel); // The parser has insisted on it.
        await foreach (var entry in EntriesAsync(reader, run.Value(path), cancel))
        {
            if (run.Screen.IsJson)
                run.Screen.Json(EntryReply.Of(entry), Replies.Json.EntryReply);
            else
                run.Screen.Line(run.Value(names) ? entry.Path : LongLine.Of(entry));
        }
        return ExitCode.Done;
    }

    private static async IAsyncEnumerable<SnapshotEntry> EntriesAsync(
        SnapshotReader reader, string? path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (path is null || path.Trim('/').Length == 0)
        {
            await foreach (var entry in reader.EntriesAsync(cancel))
                yield return entry;
            yield break;
        }
        var found = await reader.FindAsync(path, cancel) ?? throw new SnapshotNotFoundException(
            $"snapshot {reader.Snapshot.Id.Short} of {reader.Snapshot.Record.Hostname} has no {path}: see 'relustre ls {reader.Snapshot.Id.Short}'");
        yield return found;
        await foreach (var entry in reader.BelowAsync(found, cancel))
            yield return entry;
    }
}
