using System.Collections.Concurrent;
using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>A vault's listings, each read once: those of neighbouring snapshots are mostly the same.</summary>
public sealed class TreeCache(BlobVault vault)
{
    // Some ten to thirty megabytes; more than a server has folders, so that two neighbours always fit.
    private const int Most = 8192;

    private readonly ConcurrentDictionary<BlobId, Tree> trees = new();

    public BlobVault Vault { get; } = vault;

    public async ValueTask<Tree> GetAsync(BlobId id, CancellationToken cancel)
    {
        if (trees.TryGetValue(id, out var known))
            return known;
        var tree = await Vault.GetTreeAsync(id, cancel);
        if (trees.Count >= Most)
            trees.Clear();
        return trees[id] = tree;
    }
}
