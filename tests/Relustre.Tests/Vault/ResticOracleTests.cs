using System.Text;
using System.Text.Json;
using Relustre.Vault;
using Relustre.Vault.Trees;

namespace Relustre.Tests.Vault;

/// <summary>restic writes and we read, we write and restic judges: on a folder that holds one of everything.</summary>
public sealed class ResticOracleTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Source => folder["tree"];

    private Restic Restic => new(folder["vault"]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_restic_wrote_is_read_to_the_last_byte_and_attribute()
    {
        await OddTree.MakeAsync(folder.Path);
        await (await CreateAsync()).DisposeAsync();
        await Restic.SucceedAsync("backup", "--host", "h1", "--tag", "a,b", Source);
        await Restic.SucceedAsync("backup", "--host", "h2", "--compression", "off", "--force", "--with-atime", Source);
        await using var vault = await TestVault.OpenAsync(new LocalStorage(folder["vault"]));
        await using var scanned = await TestVault.CreateAsync(new MemoryStorage());
        var expected = await new TreeScanner(scanned, Source).ScanAsync(withInodes: true);

        var snapshots = await TestVault.SnapshotsAsync(vault);

        Assert.Equal(["h1", "h2"], snapshots.Select(snapshot => snapshot.Record.Hostname));
        Assert.Equal(["a", "b"], snapshots[0].Record.Tags);
        Assert.Equal([Source], snapshots[0].Record.Paths);
        await AssertSameAsync(vault, snapshots[0].Record.Tree, scanned, expected, "");
        Assert.Equal(9, await CountReencodedAsync(vault, snapshots[0].Record.Tree));
        Assert.Equal(9, await CountReencodedAsync(vault, snapshots[1].Record.Tree));
        Assert.Empty(await TestVault.CheckAsync(vault));
    }

    [Fact]
    public async Task What_restic_kept_after_forget_tag_and_prune_is_read_too()
    {
        Directory.CreateDirectory(Source);
        await (await CreateAsync()).DisposeAsync();
        for (var day = 1; day <= 4; day++)
        {
            await File.WriteAllTextAsync(folder["tree/changing"], $"day {day}", Cancel);
            await Restic.SucceedAsync("backup", "--host", "h1", "--time", $"2026-01-0{day} 10:00:00", Source);
        }

        await Restic.SucceedAsync("tag", "--add", "kept", "latest");
        await Restic.SucceedAsync("forget", "--keep-last", "2", "--prune");
        await using var vault = await TestVault.OpenAsync(new LocalStorage(folder["vault"]));

        var snapshots = await TestVault.SnapshotsAsync(vault);

        Assert.Equal(["2026-01-03", "2026-01-04"], snapshots.Select(snapshot => $"{snapshot.Record.Time:yyyy-MM-dd}"));
        Assert.NotNull(snapshots[1].Record.Original);
        Assert.Equal("day 4", await Restic.SucceedAsync("dump", "latest", folder["tree/changing"]));
        Assert.Empty(await TestVault.CheckAsync(vault));
    }

    [Fact]
    public async Task What_we_wrote_restic_checks_restores_lists_and_finds_unchanged()
    {
        await OddTree.MakeAsync(folder.Path);
        var ours = await BackUpAsync();

        await Restic.AssertCleanAsync();
        await Restic.SucceedAsync("restore", ours.ToString(), "--target", folder["restored"], "--verify");
        Assert.Equal(await OddTree.ListAsync(Source), await OddTree.ListAsync(folder["restored"] + Source));
        Assert.Equal(await ListOursAsync(ours), await ListTheirsAsync(ours));

        var again = await Restic.SucceedAsync("backup", "--json", "--ignore-inode", "--host", "mds1", "--parent", ours.ToString(), Source);
        using var summary = JsonDocument.Parse(again.Trim().Split('\n')[^1]);
        Assert.Equal(0, summary.RootElement.GetProperty("files_new").GetInt32());
        Assert.Equal(0, summary.RootElement.GetProperty("files_changed").GetInt32());
        Assert.True(summary.RootElement.GetProperty("files_unmodified").GetInt32() > 340);
        await Restic.AssertCleanAsync();
    }

    [Fact]
    public async Task Our_snapshots_differ_for_restic_where_they_differ()
    {
        Directory.CreateDirectory(folder["tree/etc"]);
        await File.WriteAllTextAsync(folder["tree/etc/same"], "same", Cancel);
        await File.WriteAllTextAsync(folder["tree/etc/changed"], "before", Cancel);
        await File.WriteAllTextAsync(folder["tree/etc/removed"], "x", Cancel);
        var first = await BackUpAsync();
        await File.WriteAllTextAsync(folder["tree/etc/changed"], "after", Cancel);
        File.Delete(folder["tree/etc/removed"]);
        await File.WriteAllTextAsync(folder["tree/etc/added"], "y", Cancel);
        var second = await BackUpAsync();

        var difference = await Restic.SucceedAsync("diff", first.ToString(), second.ToString());

        string[] lines = [.. difference.Split('\n').Where(line => line.Contains("/tree/etc/", StringComparison.Ordinal)).Select(line => line[0] + line[(line.LastIndexOf('/') + 1)..])];
        Assert.Equal(["+added", "Mchanged", "-removed"], lines);
    }

    [Fact]
    public async Task Nothing_of_ours_needs_tidying_and_the_packs_alone_give_the_index_back()
    {
        await OddTree.MakeAsync(folder.Path);
        var ours = await BackUpAsync();

        var prune = await Restic.SucceedAsync("prune", "--dry-run");
        Assert.Contains("to repack:             0 blobs / 0 B", prune, StringComparison.Ordinal);
        Assert.Contains("total prune:           0 blobs / 0 B", prune, StringComparison.Ordinal);

        foreach (var index in Directory.EnumerateFiles(folder["vault/index"]))
            File.Delete(index);
        await Restic.SucceedAsync("rebuild-index", "--read-all-packs");
        await Restic.AssertCleanAsync();
        await using var vault = await TestVault.OpenAsync(new LocalStorage(folder["vault"]));
        Assert.Empty(await TestVault.CheckAsync(vault));
        Assert.Equal(ours, (await TestVault.SnapshotsAsync(vault)).Single().Id);
    }

    [Fact]
    public async Task Keys_of_either_open_for_both()
    {
        await using var vault = await CreateAsync();
        await vault.AddKeyAsync(" second \n", Cancel);
        await File.WriteAllTextAsync(folder["password"], "third", Cancel);
        await Restic.SucceedAsync("key", "add", "--new-password-file", folder["password"]);

        foreach (var password in (string[])["geheim", "second", "third", "\tthird "])
            await (await BlobVault.OpenAsync(new LocalStorage(folder["vault"]), password, TestVault.Options, Cancel)).DisposeAsync();
        await Restic.SucceedAsync("key", "list");
        var keys = new List<VaultKey>();
        await foreach (var key in vault.KeysAsync(Cancel))
            keys.Add(key);
        Assert.Equal(3, keys.Count);
        Assert.Contains(keys, key => key.UserName == "root");
    }

    [Fact]
    public async Task A_vault_that_restic_made_is_as_good_as_ours()
    {
        await Restic.SucceedAsync("init");
        await using (var vault = await TestVault.OpenAsync(new LocalStorage(folder["vault"])))
            await TestVault.BackUpAsync(vault, "mds1", "one", "two");

        await Restic.AssertCleanAsync();
    }

    private Task<BlobVault> CreateAsync() => TestVault.CreateAsync(new LocalStorage(folder["vault"]));

    private async Task<BlobId> BackUpAsync()
    {
        var storage = new LocalStorage(folder["vault"]);
        await using var vault = Directory.Exists(folder["vault"]) ? await TestVault.OpenAsync(storage) : await TestVault.CreateAsync(storage);
        var tree = await new TreeScanner(vault, Source).ScanAsync();
        await vault.FlushAsync(Cancel);
        return await vault.PutSnapshotAsync(TestVault.SnapshotOf(tree, "mds1") with { Paths = [Source] }, Cancel);
    }

    // Follows only the way down to the source: what lies beside it is none of the test's.
    private async Task AssertSameAsync(BlobVault found, BlobId foundTree, BlobVault expected, BlobId expectedTree, string path)
    {
        var theirs = (await found.GetTreeAsync(foundTree, Cancel)).Nodes;
        var ours = TreeDecoder.Decode((await expected.GetTreeAsync(expectedTree, Cancel)).Encode(), "tree").Nodes;
        Assert.Equal(ours.Select(node => Convert.ToHexString(node.Name.Span)), theirs.Select(node => Convert.ToHexString(node.Name.Span)));
        foreach (var (their, our) in theirs.Zip(ours))
        {
            var here = $"{path}/{Encoding.Latin1.GetString(our.Name.Span)}";
            if (here.StartsWith(Source, StringComparison.Ordinal))
            {
                Assert.Equal(Comparable(our), Comparable(their));
                Assert.Equal(await TestVault.ContentAsync(expected, our), await TestVault.ContentAsync(found, their));
            }

            if (our.Subtree is { } below)
                await AssertSameAsync(found, their.Subtree!.Value, expected, below, here);
        }
    }

    // Cuts, change times and the order of attributes are each writer's own.
    private static string Comparable(TreeNode node) => Encoding.UTF8.GetString(new Tree([node with
    {
        Content = [],
        Subtree = node.Subtree is null ? null : default(BlobId),
        ChangeTime = null,
        AccessTime = null,
        Attributes = [.. node.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)],
    }]).Encode());

    private static async Task<int> CountReencodedAsync(BlobVault vault, BlobId id)
    {
        var tree = await vault.GetTreeAsync(id, Cancel);
        Assert.Equal(Encoding.UTF8.GetString(await vault.GetAsync(BlobKind.Tree, id, Cancel)), Encoding.UTF8.GetString(tree.Encode()));
        var count = 1;
        foreach (var node in tree.Nodes.Where(node => node.Subtree is not null))
            count += await CountReencodedAsync(vault, node.Subtree!.Value);
        return count;
    }

    private async Task<List<string>> ListTheirsAsync(BlobId snapshot)
    {
        var lines = (await Restic.SucceedAsync("ls", "--json", snapshot.ToString())).Trim().Split('\n').Skip(1);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement).Select(node => $"{node.GetProperty("path")} {node.GetProperty("type")} {node.GetProperty("uid")} {Size(node)}").Order(StringComparer.Ordinal)];
    }

    private static ulong Size(JsonElement node) => node.TryGetProperty("size", out var size) ? size.GetUInt64() : 0;

    private async Task<List<string>> ListOursAsync(BlobId snapshot)
    {
        await using var vault = await TestVault.OpenAsync(new LocalStorage(folder["vault"]));
        var lines = new List<string>();
        await ListAsync(vault, (await vault.GetSnapshotAsync(snapshot, Cancel))!.Record.Tree, "", lines);
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static async Task ListAsync(BlobVault vault, BlobId id, string path, List<string> lines)
    {
        foreach (var node in (await vault.GetTreeAsync(id, Cancel)).Nodes)
        {
            // JSON turns each byte that is no UTF-8 into one U+FFFD.
            var name = JsonDocument.Parse(new Relustre.Vault.Json.GoJson().Text(node.Name.Span).WrittenMemory).RootElement.GetString();
            lines.Add($"{path}/{name} {TreeEncoder.TypeName(node.Type)} {node.UserId} {node.Size}");
            if (node.Subtree is { } below)
                await ListAsync(vault, below, $"{path}/{name}", lines);
        }
    }
}
