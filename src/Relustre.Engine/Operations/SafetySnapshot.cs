using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>A server as it is before the first change, kept in the vault: what undoes a restore.</summary>
/// <param name="IsNew">It was written for this restore alone; otherwise the server's last backup says the same.</param>
public sealed record SafetySnapshot(StoredSnapshot Snapshot, bool IsNew, IReadOnlyList<ManifestProblem> Problems)
{
    /// <summary>How long it may be taken for the server as it is.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(2);

    /// <exception cref="RestoreException">The server could not be seen.</exception>
    public static async Task<SafetySnapshot> TakeAsync(
        Host host, BlobVault vault, CatalogueIndex index, Ledger ledger, BackUpOptions options, TimeProvider clock, Action<BackupEvent> report, CancellationToken cancel)
    {
        var outcome = (await new BackUpFleet(vault, index, ledger, clock).RunAsync([host], options with { Tags = [SnapshotFinder.SafetyTag] }, report, cancel)).Single();
        return outcome switch
        {
            HostOutcome.BackedUp stored => new(await FindAsync(vault, stored.Snapshot, cancel), IsNew: true, outcome.Problems),
            HostOutcome.Unchanged unchanged => new(await FindAsync(vault, unchanged.Snapshot, cancel), IsNew: false, outcome.Problems),
            HostOutcome.Failed failed => throw new RestoreException($"no safety snapshot, so nothing was changed: {failed.Message}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Of a restore that nobody wanted after all.</summary>
    public async Task ForgetAsync(BlobVault vault, CancellationToken cancel)
    {
        if (!IsNew)
            return;
        await using var held = await vault.LockAsync(exclusive: false, cancel);
        await vault.RemoveSnapshotAsync(Snapshot.Id, cancel);
    }

    private static async Task<StoredSnapshot> FindAsync(BlobVault vault, BlobId id, CancellationToken cancel) =>
        await vault.GetSnapshotAsync(id, cancel) ?? throw new RestoreException($"no safety snapshot, so nothing was changed: {id.Short} was taken and somebody removed it: run the same command again");
}
