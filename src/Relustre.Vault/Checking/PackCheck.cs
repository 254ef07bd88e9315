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
        var lost = contents.Packs.Values.Select(pack => (Pack: pack, Problem: ProblemOf(pack, sizes))).Where(found => found.Problem is not null).ToList();
        contents.LostPacks.UnionWith(lost.Select(found => found.Pack.Id));
        contents.Arrange();
        foreach (var (pack, problem) in lost)
            await LostAsync(pack, problem!, cancel);
        foreach (var file in listing.Where(file => !contents.Packs.ContainsKey(file.Name)))
        {
            await context.NoteAsync(Storage.NameOf(StorageArea.Data, file.Name), "no index names it: an interrupted run left it",
                "harmless: 'restic prune' removes it", cancel);
        }

        context.Progress?.Report(new CheckProgress("packs", listing.Count, listing.Count));
        return listing;
    }

    private static string? ProblemOf(Pack pack, Dictionary<BlobId, long> sizes)
    {
        var expected = PackHeader.PackSize(pack.Blobs);
        return !sizes.TryGetValue(pack.Id, out var size) ? "it is gone"
            : size != expected ? $"it has {size} bytes where the index says {expected}"
            : null;
    }

    private ValueTask LostAsync(Pack pack, string problem, CancellationToken cancel) => contents.IsReplaced(pack)
        ? context.NoteAsync(Storage.NameOf(StorageArea.Data, pack.Id), $"{problem}, and all that it held is stored elsewhere",
            "harmless: the next backup takes it out of the index, as 'restic rebuild-index' does", cancel)
        : context.DamageAsync(Storage.NameOf(StorageArea.Data, pack.Id), problem, cancel, CheckContext.WhenPackLost);
}
