using Relustre.Vault.Packs;

namespace Relustre.Vault.Checking;

/// <summary>Compares the packs that the index promises with those that are there.</summary>
internal sealed class PackCheck(CheckContext context, VaultContents contents)
{
    /// <returns>The packs that are there.</returns>
    public async Task<IReadOnlyList<StoredFile>> RunAsync(CancellationToken cancel)
    {
        var listing = await context.Files.Storage.ListAsync(StorageArea.Data, cancel);
        var sizes = listing.ToDictionary(file => file.Name, file => file.Size);
        foreach (var pack in contents.Packs.Values)
            await CheckAsync(pack, sizes, cancel);
        foreach (var file in listing.Where(file => !contents.Packs.ContainsKey(file.Name)))
        {
            await context.NoteAsync(Storage.NameOf(StorageArea.Data, file.Name), "no index names it: an interrupted run left it",
                "harmless: 'restic prune' removes it", cancel);
        }

        context.Progress?.Report(new CheckProgress("packs", listing.Count, listing.Count));
        return listing;
    }

    private async ValueTask CheckAsync(Pack pack, Dictionary<BlobId, long> sizes, CancellationToken cancel)
    {
        var expected = PackHeader.PackSize(pack.Blobs);
        if (!sizes.TryGetValue(pack.Id, out var size))
            await LostAsync(pack, "it is gone", cancel);
        else if (size != expected)
            await LostAsync(pack, $"it has {size} bytes where the index says {expected}", cancel);
    }

    private ValueTask LostAsync(Pack pack, string problem, CancellationToken cancel)
    {
        contents.LostPacks.Add(pack.Id);
        return context.DamageAsync(Storage.NameOf(StorageArea.Data, pack.Id), problem, cancel);
    }
}
