using System.Collections.Concurrent;
using Relustre.Vault.Files;

namespace Relustre.Vault.Snapshots;

/// <summary>Writes and lists the snapshots.</summary>
internal sealed class SnapshotFiles(VaultFiles files, FaultReport faults)
{
    public async Task<BlobId> PutAsync(SnapshotRecord snapshot, CancellationToken cancel) =>
        await files.WriteAsync(StorageArea.Snapshots, SnapshotCodec.Encode(snapshot), cancel);

    /// <summary>Oldest first. One that cannot be read is reported and left out.</summary>
    public async Task<IReadOnlyList<StoredSnapshot>> ReadAllAsync(CancellationToken cancel)
    {
        var found = new ConcurrentBag<StoredSnapshot>();
        await Parallel.ForEachAsync(await files.Storage.ListAsync(StorageArea.Snapshots, cancel), cancel, async (file, stop) =>
        {
            try
            {
                if (await ReadAsync(file.Name, stop) is { } snapshot)
                    found.Add(snapshot);
            }
            catch (VaultDamagedException damaged)
            {
                faults.Add(VaultFault.From(damaged, "this snapshot is lost, the others are not: bring the file back from a copy of the vault, or delete it"));
            }
        });
        return [.. found.OrderBy(snapshot => snapshot.Record.Time).ThenBy(snapshot => snapshot.Id)];
    }

    /// <summary>Null when it is not there.</summary>
    public async ValueTask<StoredSnapshot?> ReadAsync(BlobId id, CancellationToken cancel) =>
        await files.ReadAsync(StorageArea.Snapshots, id, cancel) is { } json
            ? new StoredSnapshot(id, SnapshotCodec.Decode(json, Storage.NameOf(StorageArea.Snapshots, id)))
            : null;
}
