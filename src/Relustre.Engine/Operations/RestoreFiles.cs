using Relustre.Snapshots;
using Relustre.Snapshots.Extraction;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Copies a snapshot's files, or some of them, into a new folder with owners, modes, times and attributes.</summary>
public sealed class RestoreFiles(BlobVault vault)
{
    /// <param name="only">Paths in the snapshot, each with everything below it; empty: all.</param>
    /// <exception cref="TargetNotEmptyException">Something is there already; nothing is overwritten.</exception>
    /// <exception cref="SnapshotNotFoundException">One of the paths is not in the snapshot.</exception>
    public async Task<RestoredFiles> RunAsync(StoredSnapshot snapshot, string target, IReadOnlyList<string> only, CancellationToken cancel)
    {
        var reader = new SnapshotReader(vault, snapshot);
        var wanted = await WantedAsync(reader, only, cancel);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new TargetNotEmptyException($"{folder} is not empty, and nothing is overwritten: give a new folder");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var extractor = new Extractor(reader, folder);
        await extractor.ExtractAsync(reader.EntriesAsync(cancel).Where(entry => wanted.Includes(entry.Path)), cancel);
        return new RestoredFiles(folder, extractor.Names, extractor.Bytes, extractor.Problems);
    }

    private static async Task<WantedPaths> WantedAsync(SnapshotReader reader, IReadOnlyList<string> only, CancellationToken cancel)
    {
        var paths = only.Select(path => "/" + path.Trim('/')).ToList();
        foreach (var path in paths.Where(path => path != "/"))
            _ = await reader.FindAsync(path, cancel) ?? throw new SnapshotNotFoundException(
                $"snapshot {reader.Snapshot.Id.Short} of {reader.Snapshot.Record.Hostname} has no {path}: see 'relustre ls {reader.Snapshot.Id.Short}'");
        return new WantedPaths(paths);
    }
}
