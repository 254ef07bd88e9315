using System.Collections.Concurrent;
using Relustre.Vault.Packs;

namespace Relustre.Vault.Trees;

/// <summary>Tells whether a tree and all below it is in the vault. A listing is looked at once, whoever has it.</summary>
internal sealed class Holdings(PackWriter writer, BlobReader reader)
{
    private readonly ConcurrentDictionary<BlobId, bool> whole = [];

    public async ValueTask<bool> HaveAllAsync(BlobId root, CancellationToken cancel)
    {
        var seen = new HashSet<BlobId>();
        var open = new Stack<BlobId>([root]);
        while (open.TryPop(out var tree))
        {
            if (whole.ContainsKey(tree) || !seen.Add(tree))
                continue;
            if (await ListingAsync(tree, cancel) is not { } listing)
                return false;
            foreach (var node in listing.Nodes)
            {
                if (!node.Content.All(piece => writer.Has(BlobKind.Data, piece)))
                    return false;
                if (node.Subtree is { } below)
                    open.Push(below);
            }
        }

        foreach (var tree in seen)
            whole[tree] = true;
        return true;
    }

    public void Forget() => whole.Clear();

    private async ValueTask<Tree?> ListingAsync(BlobId tree, CancellationToken cancel)
    {
        try
        {
            return TreeDecoder.Decode(await reader.GetAsync(BlobKind.Tree, tree, cancel), $"listing {tree.Short}");
        }
        catch (VaultDamagedException)
        {
            return null;
        }
    }
}
