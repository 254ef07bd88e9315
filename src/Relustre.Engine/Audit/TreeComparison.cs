using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>Finds the paths at which two snapshots differ. Equal trees have equal addresses, so what is alike is not even read.</summary>
internal sealed class TreeComparison(TreeCache wantedTrees, TreeCache foundTrees)
{
    // Deeper than any path that Linux can name.
    private const int MaxDepth = 2048;

    /// <summary>Every path whose node differs in anything but its times; below a folder that one side lacks, all of them.</summary>
    public async Task<IReadOnlyList<string>> BetweenAsync(BlobId wanted, BlobId found, CancellationToken cancel)
    {
        var paths = new List<string>();
        var open = new Stack<(string Folder, BlobId? Wanted, BlobId? Found)>([("", wanted, found)]);
        while (open.TryPop(out var pair))
        {
            if (pair.Wanted == pair.Found || pair.Folder.Count('/') > MaxDepth)
                continue;
            var wantedNodes = await NodesAsync(wantedTrees, pair.Wanted, cancel);
            var foundNodes = await NodesAsync(foundTrees, pair.Found, cancel);
            foreach (var name in wantedNodes.Keys.Union(foundNodes.Keys))
            {
                var (was, now) = (wantedNodes.GetValueOrDefault(name), foundNodes.GetValueOrDefault(name));
                var path = $"{pair.Folder}/{name}";
                if (was is null || now is null || !IsSame(was, now))
                    paths.Add(path);
                if (was?.Subtree is not null || now?.Subtree is not null)
                    open.Push((path, was?.Subtree, now?.Subtree));
            }
        }
        return paths;
    }

    private static async Task<Dictionary<string, TreeNode>> NodesAsync(TreeCache trees, BlobId? tree, CancellationToken cancel) => tree is { } id
        ? (await trees.GetAsync(id, cancel)).Nodes.ToDictionary(node => UnixPath.Decode(node.Name.Span), StringComparer.Ordinal)
        : [];

    /// <summary>Whether two nodes are alike in all but their times and, for folders, what they hold.</summary>
    public static bool IsSame(TreeNode one, TreeNode other) =>
        one.Type == other.Type && one.UnixMode == other.UnixMode && one.User == other.User && one.Group == other.Group
        && one.UserId == other.UserId && one.GroupId == other.GroupId && one.Device == other.Device
        && one.Content.SequenceEqual(other.Content)
        && Bytes(one.LinkTarget).SequenceEqual(Bytes(other.LinkTarget))
        && one.Attributes.Count == other.Attributes.Count
        && one.Attributes.Zip(other.Attributes).All(pair => pair.First.Name == pair.Second.Name && pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span));

    private static ReadOnlySpan<byte> Bytes(ReadOnlyMemory<byte>? bytes) => bytes is { } there ? there.Span : default;
}
