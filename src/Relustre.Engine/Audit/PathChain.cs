using System.Collections.Concurrent;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>Follows one path through many snapshots, several at a time: only the listings on its way are read, and equal ones once.</summary>
internal sealed class PathChain(TreeCache trees, string path)
{
    private readonly byte[][] names = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(UnixPath.Encode)];
    private readonly ConcurrentDictionary<(BlobId Tree, int Depth), TreeNode?> known = [];

    /// <summary>What stands at the path in a snapshot of this tree; null: nothing does.</summary>
    public ValueTask<TreeNode?> InAsync(BlobId root, CancellationToken cancel) => InAsync(root, depth: 0, cancel);

    private async ValueTask<TreeNode?> InAsync(BlobId tree, int depth, CancellationToken cancel)
    {
        if (known.TryGetValue((tree, depth), out var node))
            return node;
        node = (await trees.GetAsync(tree, cancel)).Nodes.FirstOrDefault(node => node.Name.Span.SequenceEqual(names[depth]));
        if (depth + 1 < names.Length)
            node = node?.Subtree is { } below ? await InAsync(below, depth + 1, cancel) : null;
        return known[(tree, depth)] = node;
    }
}
