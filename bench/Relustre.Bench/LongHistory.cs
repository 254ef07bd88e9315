using System.Globalization;
using System.Text;
using Relustre.Vault;

namespace Relustre.Bench;

/// <summary>
/// A vault with years behind it: for each host one snapshot a day, three of its files changed in each, written as sweeps are:
/// one index a day for all hosts.
/// </summary>
internal sealed class LongHistory(int hosts, int days)
{
    private const int Folders = 20, FilesInFolder = 18;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 2, 0, 0, TimeSpan.Zero);

    public async Task WriteAsync(string folder, string password, CancellationToken cancel)
    {
        await using var vault = await BlobVault.OpenAsync(new LocalStorage(folder), password, new VaultOptions(), cancel);
        await using var hold = await vault.LockAsync(exclusive: false, cancel);
        await vault.LoadIndexAsync(cancel);
        var parents = new BlobId?[hosts];
        for (var day = 0; day < days; day++)
        {
            var trees = new List<BlobId>();
            for (var host = 0; host < hosts; host++)
                trees.Add(await TreeAsync(vault, host, day, cancel));
            await vault.FlushAsync(cancel);
            for (var host = 0; host < hosts; host++)
                parents[host] = await vault.PutSnapshotAsync(Record(host, day, trees[host], parents[host]), cancel);
        }
    }

    private static SnapshotRecord Record(int host, int day, BlobId tree, BlobId? parent) => new()
    {
        Time = Start.AddDays(day).AddSeconds(host),
        Tree = tree,
        Parent = parent,
        Paths = ["/"],
        Hostname = $"oss{host}",
        Username = "root",
        Tags = ["reason=daily"],
        ProgramVersion = "relustre bench",
    };

    private static async Task<BlobId> TreeAsync(BlobVault vault, int host, int day, CancellationToken cancel)
    {
        var folders = new List<TreeNode>();
        for (var folder = 0; folder < Folders; folder++)
        {
            var files = new List<TreeNode>();
            for (var file = 0; file < FilesInFolder; file++)
                files.Add(await FileAsync(vault, host, day, (folder, file), cancel));
            folders.Add(Folder($"folder{folder}", await vault.PutTreeAsync(new Tree(files), cancel)));
        }
        return await vault.PutTreeAsync(new Tree([Folder("etc", await vault.PutTreeAsync(new Tree(folders), cancel))]), cancel);
    }

    // The first file of three folders changes each day, and the second is the host's own; all others are alike everywhere.
    private static async Task<TreeNode> FileAsync(BlobVault vault, int host, int day, (int Folder, int File) place, CancellationToken cancel)
    {
        var text = place.File switch
        {
            0 when place.Folder < 3 => $"day {day} of oss{host}, folder {place.Folder}\n",
            1 => $"this is oss{host}, folder {place.Folder}\n",
            _ => $"folder {place.Folder}, file {place.File}\n",
        };
        var content = Encoding.ASCII.GetBytes(text);
        return Named(string.Create(CultureInfo.InvariantCulture, $"file{place.File}")) with
        {
            Type = NodeType.File,
            UnixMode = 0b110_100_100,
            Content = await vault.PutContentAsync(content, cancel),
            Size = (ulong)content.Length,
            Links = 1,
        };
    }

    private static TreeNode Folder(string name, BlobId tree) =>
        Named(name) with { Type = NodeType.Directory, UnixMode = 0b111_101_101, Subtree = tree };

    private static TreeNode Named(string name) => new()
    {
        Name = Encoding.ASCII.GetBytes(name),
        Type = NodeType.File,
        UnixMode = 0,
        Modified = new NodeTime(1_767_225_600, 0),
        User = "root",
        Group = "root",
    };
}
