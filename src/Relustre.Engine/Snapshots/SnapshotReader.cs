using System.Runtime.CompilerServices;
using System.Text.Json;
using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>Reads one snapshot out of the vault: its names, its files' content, its manifest and its facts.</summary>
public sealed class SnapshotReader(TreeCache trees, StoredSnapshot snapshot)
{
    // Deeper than any path that Linux can name; a tree beyond it was not made by a file system.
    private const int MaxDepth = 2048;

    private readonly BlobVault vault = trees.Vault;

    public SnapshotReader(BlobVault vault, StoredSnapshot snapshot) : this(new TreeCache(vault), snapshot)
    {
    }

    public StoredSnapshot Snapshot { get; } = snapshot;

    /// <summary>All names, each folder before what it holds, in byte order.</summary>
    public IAsyncEnumerable<SnapshotEntry> EntriesAsync(CancellationToken cancel) =>
        BelowAsync("", Snapshot.Record.Tree, cancel);

    /// <summary>What stands at <paramref name="path"/>; null: nothing does.</summary>
    public async Task<SnapshotEntry?> FindAsync(string path, CancellationToken cancel)
    {
        SnapshotEntry? found = null;
        var tree = (BlobId?)Snapshot.Record.Tree;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (tree is not { } folder)
                return null;
            var wanted = UnixPath.Encode(name);
            var node = (await trees.GetAsync(folder, cancel)).Nodes.FirstOrDefault(node => node.Name.Span.SequenceEqual(wanted));
            if (node is null)
                return null;
            found = new SnapshotEntry($"{found?.Path}/{name}", node);
            tree = node.Subtree;
        }
        return found;
    }

    /// <summary>What a folder holds, directly; "/" is the top.</summary>
    public async Task<IReadOnlyList<SnapshotEntry>> ListAsync(string folder, CancellationToken cancel)
    {
        var tree = folder.Trim('/').Length == 0 ? Snapshot.Record.Tree : (await FindAsync(folder, cancel))?.Node.Subtree;
        if (tree is not { } id)
            return [];
        var prefix = "/" + folder.Trim('/');
        return [.. (await trees.GetAsync(id, cancel)).Nodes.Select(node => Named(prefix == "/" ? "" : prefix, node))];
    }

    /// <summary>Everything below a folder that <see cref="FindAsync"/> gave.</summary>
    public IAsyncEnumerable<SnapshotEntry> BelowAsync(SnapshotEntry folder, CancellationToken cancel) =>
        folder is { IsFolder: true, Node.Subtree: { } tree } ? BelowAsync(folder.Path, tree, cancel) : AsyncEnumerable.Empty<SnapshotEntry>();

    /// <summary>A file's content, piece by piece, each verified against its address.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ContentAsync(SnapshotEntry entry, CancellationToken cancel) => ContentAsync(vault, entry, cancel);

    /// <summary>A file's whole content.</summary>
    public Task<ReadOnlyMemory<byte>> ReadAsync(SnapshotEntry entry, CancellationToken cancel) => ReadAsync(vault, entry, cancel);

    /// <summary>The same of an entry that is in no snapshot yet.</summary>
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(BlobVault vault, SnapshotEntry entry, CancellationToken cancel)
    {
        if (entry.Node.Content is [var only])
            return await vault.GetAsync(BlobKind.Data, only, cancel);
        using var whole = new MemoryStream();
        await foreach (var piece in ContentAsync(vault, entry, cancel))
            whole.Write(piece.Span);
        return whole.ToArray();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ContentAsync(
        BlobVault vault, SnapshotEntry entry, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var piece in entry.Node.Content)
            yield return await vault.GetAsync(BlobKind.Data, piece, cancel);
    }

    /// <exception cref="SnapshotUnreadableException">It has none, or none that this program can read.</exception>
    public async Task<Manifest> ManifestAsync(CancellationToken cancel)
    {
        var entry = await FindAsync(SnapshotLayout.Manifest, cancel) ?? throw new SnapshotUnreadableException(
            $"snapshot {Snapshot.Id.Short} has no {SnapshotLayout.Manifest}: it was not made by relustre; look at it with 'relustre ls'");
        return ManifestJson.Read((await ReadAsync(entry, cancel)).Span);
    }

    /// <summary>The typed facts of all components that have some, in the manifest's order.</summary>
    public async Task<IReadOnlyList<ComponentFacts>> FactsAsync(Manifest manifest, CancellationToken cancel) =>
        [.. (await FactsByComponentAsync(manifest, cancel)).Select(one => one.Facts)];

    public async Task<IReadOnlyList<(string Component, ComponentFacts Facts)>> FactsByComponentAsync(Manifest manifest, CancellationToken cancel)
    {
        var facts = new List<(string, ComponentFacts)>();
        foreach (var component in manifest.Components.Where(component => component.HasFacts))
            if (await FindAsync(SnapshotLayout.Facts(component.Name), cancel) is { } entry)
                facts.Add((component.Name, ReadFacts(component.Name, await ReadAsync(entry, cancel))));
        return facts;
    }

    /// <summary>The facts of one component; null: it has none.</summary>
    public async Task<ComponentFacts?> FactsOfAsync(string component, CancellationToken cancel) =>
        await FindAsync(SnapshotLayout.Facts(component), cancel) is { } entry ? ReadFacts(component, await ReadAsync(entry, cancel)) : null;

    private static ComponentFacts ReadFacts(string component, ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, FactsJson.Default.ComponentFacts)
                ?? throw new SnapshotUnreadableException($"the facts of {component} are empty");
        }
        catch (JsonException broken)
        {
            throw new SnapshotUnreadableException($"the facts of {component} are not readable: {broken.Message}");
        }
    }

    private async IAsyncEnumerable<SnapshotEntry> BelowAsync(
        string folder, BlobId tree, [EnumeratorCancellation] CancellationToken cancel)
    {
        var open = new Stack<IEnumerator<SnapshotEntry>>();
        open.Push(await OpenAsync(folder, tree, cancel));
        while (open.TryPeek(out var names))
        {
            if (!names.MoveNext())
            {
                open.Pop();
                continue;
            }
            yield return names.Current;
            if (names.Current is { IsFolder: true, Node.Subtree: { } below } && open.Count < MaxDepth)
                open.Push(await OpenAsync(names.Current.Path, below, cancel));
        }
    }

    private async Task<IEnumerator<SnapshotEntry>> OpenAsync(string folder, BlobId tree, CancellationToken cancel)
    {
        var nodes = (await trees.GetAsync(tree, cancel)).Nodes;
        return nodes.Select(node => Named(folder, node)).GetEnumerator();
    }

    private static SnapshotEntry Named(string folder, TreeNode node) => new($"{folder}/{UnixPath.Decode(node.Name.Span)}", node);
}
