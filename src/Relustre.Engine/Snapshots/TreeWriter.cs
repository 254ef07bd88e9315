using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>Turns a flat list of names into the vault's trees, leaves first, and answers the root's address.</summary>
internal sealed class TreeWriter(BlobVault vault)
{
    private readonly Dictionary<string, Dictionary<string, TreeNode>> folders = new(StringComparer.Ordinal) { [""] = [] };

    public async Task<BlobId> WriteAsync(IEnumerable<SnapshotEntry> entries, CancellationToken cancel)
    {
        foreach (var entry in entries)
            Place(entry);
        foreach (var path in folders.Keys.OrderByDescending(path => path.Count('/')).Where(path => path.Length > 0).ToList())
        {
            var (parent, name) = Split(path);
            var folder = folders[parent][name];
            // A server may put a link in a folder's place while it is read: what was read below it lies nowhere then.
            if (folder.Type == NodeType.Directory)
                folders[parent][name] = folder with { Subtree = await PutAsync(path, cancel) };
        }
        return await PutAsync("", cancel);
    }

    private ValueTask<BlobId> PutAsync(string path, CancellationToken cancel) =>
        vault.PutTreeAsync(new Tree([.. folders[path].Values]), cancel);

    private void Place(SnapshotEntry entry)
    {
        var (parent, name) = Split(entry.Path);
        Open(parent)[name] = entry.Node;
        if (entry.IsFolder)
            folders.TryAdd(entry.Path, []);
    }

    private Dictionary<string, TreeNode> Open(string path)
    {
        if (folders.TryGetValue(path, out var names))
            return names;
        // A folder that nobody listed (one of our own) is root's alone.
        var (parent, name) = Split(path);
        Open(parent).TryAdd(name, OwnNode.Folder(name));
        return folders[path] = [];
    }

    private static (string Parent, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return (path[..slash], path[(slash + 1)..]);
    }
}
