namespace Relustre.Vault.Keys;

/// <summary>Tells whether a place holds a vault, part of one, or none.</summary>
internal sealed class VaultPlace(Storage storage)
{
    private const int MaxConfigSize = 64 << 10;

    /// <summary>The sealed config.</summary>
    public async Task<byte[]> ConfigAsync(CancellationToken cancel) =>
        await storage.ReadAsync(StorageArea.Config, default, 0, MaxConfigSize, cancel) ?? throw await MissingAsync(cancel);

    /// <summary>Makes sure that a new vault destroys none, and clears away what an interrupted start left.</summary>
    public async Task ClearForNewAsync(CancellationToken cancel)
    {
        foreach (var area in (StorageArea[])[StorageArea.Config, StorageArea.Snapshots, StorageArea.Index, StorageArea.Data])
        {
            if ((await storage.ListAsync(area, cancel)).Count > 0)
                throw new VaultExistsException($"there is a vault at {storage.Location} already: use it, or choose another place");
        }

        // Keys without a config open nothing: it is written last.
        foreach (var key in await storage.ListAsync(StorageArea.Keys, cancel))
            await storage.DeleteAsync(StorageArea.Keys, key.Name, cancel);
        await storage.PrepareAsync(cancel);
    }

    private async Task<VaultException> MissingAsync(CancellationToken cancel) =>
        (await storage.ListAsync(StorageArea.Snapshots, cancel)).Count > 0
            ? new VaultDamagedException("config", $"it is gone from the vault at {storage.Location}: bring it back from a copy of the vault")
            : new VaultMissingException($"there is no vault at {storage.Location}: check the path and that its disk is mounted, or make one with 'relustre init'");
}
