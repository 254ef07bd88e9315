using System.Collections.Concurrent;
using System.Text;
using Relustre.Vault.Packs;
using Relustre.Vault.Snapshots;
using Relustre.Vault.Trees;

namespace Relustre.Vault.Checking;

/// <summary>
/// Follows every snapshot down to the last file, each listing once. It sees more than <c>restic check</c>: sizes that
/// do not fit the content, names out of order, twice, or leading out of the folder.
/// </summary>
internal sealed class TreeCheck(CheckContext context, VaultContents contents, IReadOnlyList<StoredFile> packs)
{
    private readonly BlobCodec codec = new(context.Files.Sealer);
    private readonly HashSet<BlobId> seen = [];
    private readonly HashSet<BlobId> present = [.. packs.Select(pack => pack.Name)];
    private long done;

    public async Task RunAsync(IReadOnlyList<StoredFile> snapshots, CancellationToken cancel)
    {
        var level = await RootsAsync(snapshots, cancel);
        while (level.Count > 0)
        {
            var below = new ConcurrentBag<FoundTree>();
            await Parallel.ForEachAsync(level, cancel, async (tree, stop) => await CheckAsync(tree, below, stop));
            level = [.. below.Where(tree => seen.Add(tree.Id))];
        }
    }

    private async Task<List<FoundTree>> RootsAsync(IReadOnlyList<StoredFile> snapshots, CancellationToken cancel)
    {
        var roots = new ConcurrentBag<FoundTree>();
        var reader = new SnapshotFiles(context.Files, new FaultReport());
        await Parallel.ForEachAsync(snapshots, cancel, async (file, stop) =>
        {
            try
            {
                if (await reader.ReadAsync(file.Name, stop) is { } snapshot)
                    roots.Add(new FoundTree(snapshot.Record.Tree, file.Name.Short, ""));
            }
            catch (VaultDamagedException damaged)
            {
                await context.DamageAsync(damaged.What, damaged.Problem, stop, "this snapshot is lost, the others are not: bring the file back from a copy of the vault, or delete it");
            }
        });
        return [.. roots.Where(tree => seen.Add(tree.Id))];
    }

    private async ValueTask CheckAsync(FoundTree found, ConcurrentBag<FoundTree> below, CancellationToken cancel)
    {
        try
        {
            var problems = new List<string>();
            var tree = TreeDecoder.Decode(await ReadAsync(found.Id, cancel), found.What, problems);
            CheckOrder(tree, problems);
            foreach (var node in tree.Nodes)
                CheckNode(node, found, problems, below);
            foreach (var problem in problems)
                await context.DamageAsync(found.What, problem, cancel, NextStep);
        }
        catch (VaultDamagedException damaged)
        {
            await context.DamageAsync(found.What, $"{damaged.Problem} ({damaged.What})", cancel, NextStep);
        }

        var count = Interlocked.Increment(ref done);
        context.Progress?.Report(new CheckProgress("trees", count, Math.Max(count, contents.Trees)));
    }

    private const string NextStep = "take the file from another snapshot, or bring the named file back from a copy of the vault";

    private async ValueTask<byte[]> ReadAsync(BlobId id, CancellationToken cancel)
    {
        VaultDamagedException? first = null;
        while (contents.Blobs.TryFind(BlobKind.Tree, id, out var pack, out var blob))
        {
            try
            {
                var listing = await ReadAsync(pack, blob, cancel);
                if (first is not null)
                    await context.DamageAsync(first.What, $"{first.Problem}; another pack has the same listing", cancel, CheckContext.WhenPackDamaged);
                return listing;
            }
            catch (VaultDamagedException damaged)
            {
                first ??= damaged;
                contents.Blobs.Distrust(BlobKind.Tree, id, pack);
            }
        }

        throw first ?? new VaultDamagedException("index", $"listing {id.Short} is in no index");
    }

    private async ValueTask<byte[]> ReadAsync(BlobId pack, PackedBlob blob, CancellationToken cancel)
    {
        var what = Storage.NameOf(StorageArea.Data, pack);
        if (blob.Length > PackedBlob.MaxLength)
            throw new VaultDamagedException(what, $"listing {blob.Id.Short} claims a length that cannot be");
        var stored = await context.Files.Storage.ReadAsync(StorageArea.Data, pack, blob.Offset, (int)blob.Length, cancel)
            ?? throw new VaultDamagedException(what, $"listing {blob.Id.Short} lies in it, and it is gone");
        return codec.Open(blob.Id, stored, blob.PlainLength, what);
    }

    private static void CheckOrder(Tree tree, List<string> problems)
    {
        for (var at = 1; at < tree.Nodes.Count; at++)
        {
            var order = tree.Nodes[at - 1].Name.Span.SequenceCompareTo(tree.Nodes[at].Name.Span);
            if (order >= 0)
                problems.Add($"'{Shown(tree.Nodes[at])}' {(order == 0 ? "is there twice" : "is out of order")}");
        }
    }

    private void CheckNode(TreeNode node, FoundTree found, List<string> problems, ConcurrentBag<FoundTree> below)
    {
        if (node is { Type: NodeType.Directory, Subtree: { } subtree })
            below.Add(new FoundTree(subtree, found.Snapshot, $"{found.Path}/{Shown(node)}"));
        if (node.Type == NodeType.File && ProblemOf(node) is { } problem)
            problems.Add($"file '{Shown(node)}' {problem}");
    }

    private string? ProblemOf(TreeNode file)
    {
        ulong size = 0;
        foreach (var piece in file.Content)
        {
            if (!contents.Blobs.TryFind(BlobKind.Data, piece, out var pack, out var blob))
                return $"lacks its content: blob {piece.Short} is in no index";
            if (contents.LostPacks.Contains(pack) || !present.Contains(pack))
                return $"lacks its content: it lies in {Storage.NameOf(StorageArea.Data, pack)}";
            size += blob.ContentLength;
        }

        return size == file.Size ? null : $"should have {file.Size} bytes, its content has {size}";
    }

    private static string Shown(TreeNode node) => Encoding.UTF8.GetString(GoQuote.Quote(node.Name.Span));
}
