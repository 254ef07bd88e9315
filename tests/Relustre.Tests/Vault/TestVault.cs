using System.Text;
using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>Vaults whose keys cost nothing to open, and what tests put in them.</summary>
internal static class TestVault
{
    public const string Password = "geheim";

    public static readonly VaultOptions Options = new() { ScryptN = 2, Instance = "tests" };

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<BlobVault> CreateAsync(Storage storage, VaultOptions? options = null) =>
        BlobVault.CreateAsync(storage, Password, options ?? Options, Cancel);

    public static async Task<BlobVault> OpenAsync(Storage storage, VaultOptions? options = null)
    {
        var vault = await BlobVault.OpenAsync(storage, Password, options ?? Options, Cancel);
        await vault.LoadIndexAsync(Cancel);
        return vault;
    }

    public static async Task<(MemoryStorage Storage, BlobVault Vault)> NewWithTwoHostsAsync()
    {
        var storage = new MemoryStorage();
        var vault = await CreateAsync(storage);
        await vault.AddKeyAsync("second", Cancel);
        await BackUpAsync(vault, "mds1", "one", "two");
        await BackUpAsync(vault, "mds2", "three", "four");
        return (storage, vault);
    }

    public static TreeNode File(string name, IReadOnlyList<BlobId> content, int size) => new()
    {
        Name = Encoding.UTF8.GetBytes(name),
        Type = NodeType.File,
        UnixMode = 0x180,
        Size = (ulong)size,
        Content = content,
        Modified = new NodeTime(1_600_000_000, 0),
    };

    public static TreeNode Folder(string name, BlobId listing) => new()
    {
        Name = Encoding.UTF8.GetBytes(name),
        Type = NodeType.Directory,
        UnixMode = 0x1ed,
        Subtree = listing,
        Modified = new NodeTime(1_600_000_000, 0),
    };

    /// <summary>A host with /etc and a few files in it, each with its own text; returns the snapshot.</summary>
    public static async Task<BlobId> BackUpAsync(BlobVault vault, string host, params string[] texts)
    {
        var tree = await PutHostAsync(vault, texts);
        await vault.FlushAsync(Cancel);
        return await vault.PutSnapshotAsync(SnapshotOf(tree, host), Cancel);
    }

    public static async Task<BlobId> PutHostAsync(BlobVault vault, params string[] texts)
    {
        var files = new List<TreeNode>();
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            files.Add(File($"file{files.Count}", await vault.PutContentAsync(bytes, Cancel), bytes.Length));
        }

        var etc = await vault.PutTreeAsync(new Tree(files), Cancel);
        return await vault.PutTreeAsync(new Tree([Folder("etc", etc)]), Cancel);
    }

    public static SnapshotRecord SnapshotOf(BlobId tree, string host) => new()
    {
        Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Tree = tree,
        Hostname = host,
        Username = "root",
        Tags = ["reason=daily"],
        ProgramVersion = "relustre 0.1.0",
    };

    /// <summary>The texts of all files in the snapshot's /etc.</summary>
    public static async Task<string[]> ReadAsync(BlobVault vault, SnapshotRecord snapshot)
    {
        var texts = new List<string>();
        var root = await vault.GetTreeAsync(snapshot.Tree, Cancel);
        foreach (var node in (await vault.GetTreeAsync(root.Nodes[0].Subtree!.Value, Cancel)).Nodes)
            texts.Add(Encoding.UTF8.GetString(await ContentAsync(vault, node)));
        return [.. texts];
    }

    public static async Task<byte[]> ContentAsync(BlobVault vault, TreeNode node)
    {
        using var content = new MemoryStream();
        foreach (var piece in node.Content)
            content.Write(await vault.GetAsync(BlobKind.Data, piece, Cancel));
        return content.ToArray();
    }

    public static async Task<List<VaultFault>> CheckAsync(BlobVault vault, bool readData = true)
    {
        var faults = new List<VaultFault>();
        await foreach (var fault in vault.CheckAsync(readData, null, Cancel))
            faults.Add(fault);
        return faults;
    }

    public static async Task<List<StoredSnapshot>> SnapshotsAsync(BlobVault vault)
    {
        var snapshots = new List<StoredSnapshot>();
        await foreach (var snapshot in vault.SnapshotsAsync(Cancel))
            snapshots.Add(snapshot);
        return snapshots;
    }
}
