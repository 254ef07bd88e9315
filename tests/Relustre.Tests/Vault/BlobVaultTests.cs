using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Relustre.Vault;

namespace Relustre.Tests.Vault;

public sealed class BlobVaultTests
{
    private readonly MemoryStorage storage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_was_put_comes_back_before_and_after_the_flush_and_another_day()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        var contents = Gen.Byte.Array[1, 3000].Array[30].Single();
        var ids = new List<BlobId>();
        foreach (var content in contents)
            ids.Add(await vault.PutAsync(BlobKind.Data, content, Cancel));

        await AssertAllAsync(vault);
        await vault.FlushAsync(Cancel);
        await AssertAllAsync(vault);
        await using var again = await TestVault.OpenAsync(storage);
        await AssertAllAsync(again);

        async Task AssertAllAsync(BlobVault from)
        {
            foreach (var (id, content) in ids.Zip(contents))
            {
                Assert.True(from.Has(BlobKind.Data, id));
                Assert.Equal(content, await from.GetAsync(BlobKind.Data, id, Cancel));
                Assert.Equal(BlobId.Of(content), id);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(20 << 20)]
    public async Task Content_of_any_size_comes_back_in_pieces_of_a_mebibyte(int size)
    {
        await using var vault = await TestVault.CreateAsync(storage);
        var content = RandomNumberGenerator.GetBytes(size);

        var pieces = await vault.PutContentAsync(content, Cancel);
        await vault.FlushAsync(Cancel);

        Assert.Equal((size + (1 << 20) - 1) >> 20, pieces.Count);
        Assert.Equal(content, await TestVault.ContentAsync(vault, TestVault.File("f", pieces, size)));
        Assert.Empty(await TestVault.CheckAsync(vault));
    }

    [Fact]
    public async Task Equal_content_of_many_hosts_is_stored_once_and_a_sweep_makes_one_index()
    {
        await using var vault = await TestVault.CreateAsync(storage);

        var trees = await Task.WhenAll(Enumerable.Range(0, 64).Select(host => Task.Run(() => TestVault.PutHostAsync(vault, "same", "alike", $"own {host % 4}"))));
        await vault.FlushAsync(Cancel);
        foreach (var tree in trees)
            await vault.PutSnapshotAsync(TestVault.SnapshotOf(tree, "host"), Cancel);

        Assert.Equal(4, trees.Distinct().Count());
        Assert.Equal(2 + 4 + 8, vault.BlobCount);
        Assert.Equal(2, Count(StorageArea.Data));
        Assert.Equal(1, Count(StorageArea.Index));
        Assert.Empty(await TestVault.CheckAsync(vault));
    }

    [Fact]
    public async Task What_is_there_already_costs_no_new_file()
    {
        await using (var vault = await TestVault.CreateAsync(storage))
            await TestVault.BackUpAsync(vault, "mds1", "one", "two");
        var before = storage.Files.Count;

        await using var again = await TestVault.OpenAsync(storage);
        await TestVault.PutHostAsync(again, "one", "two");
        await again.FlushAsync(Cancel);

        Assert.Equal(before, storage.Files.Count);
    }

    [Fact]
    public async Task The_same_bytes_as_content_and_as_a_listing_are_two_blobs()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        var tree = Tree.Empty.Encode();
        await vault.PutAsync(BlobKind.Data, tree, Cancel);

        Assert.False(vault.Has(BlobKind.Tree, BlobId.Of(tree)));
        await vault.PutTreeAsync(Tree.Empty, Cancel);
        await vault.FlushAsync(Cancel);

        Assert.Equal(2, vault.BlobCount);
        Assert.Equal(2, Count(StorageArea.Data));
    }

    [Fact]
    public async Task A_snapshot_of_what_a_crash_could_lose_is_refused()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        var tree = await TestVault.PutHostAsync(vault, "one");

        await Assert.ThrowsAsync<ArgumentException>(() => vault.PutSnapshotAsync(TestVault.SnapshotOf(tree, "mds1"), Cancel));

        await vault.FlushAsync(Cancel);
        await vault.PutSnapshotAsync(TestVault.SnapshotOf(tree, "mds1"), Cancel);
    }

    [Fact]
    public async Task A_listing_that_names_what_was_never_put_is_refused()
    {
        await using var vault = await TestVault.CreateAsync(storage);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await vault.PutTreeAsync(new Tree([TestVault.File("f", [BlobId.Of("?"u8)], 1)]), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await vault.PutTreeAsync(new Tree([TestVault.Folder("d", BlobId.Of("?"u8))]), Cancel));
    }

    [Fact]
    public async Task A_blob_that_is_empty_or_too_large_is_refused()
    {
        await using var vault = await TestVault.CreateAsync(storage);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await vault.PutAsync(BlobKind.Data, default, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await vault.PutAsync(BlobKind.Data, new byte[BlobVault.MaxBlobSize + 1], Cancel));
    }

    [Fact]
    public async Task Snapshots_come_back_oldest_first_with_all_they_say()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        var first = await TestVault.BackUpAsync(vault, "mds1", "one");
        var tree = await TestVault.PutHostAsync(vault, "two");
        await vault.FlushAsync(Cancel);
        var record = new SnapshotRecord
        {
            Time = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1234567),
            Parent = first,
            Tree = tree,
            Paths = ["/", "/b"],
            Hostname = "mds2\n<é>",
            Username = "joe",
            UserId = 7,
            GroupId = 8,
            Excludes = ["*.tmp"],
            Tags = ["a=b"],
            Original = BlobId.Of("o"u8),
            ProgramVersion = "relustre 9",
        };
        var second = await vault.PutSnapshotAsync(record, Cancel);

        var snapshots = await TestVault.SnapshotsAsync(vault);

        Assert.Equal([second, first], snapshots.Select(snapshot => snapshot.Id));
        Assert.Equivalent(record, snapshots[0].Record, strict: true);
        Assert.Equivalent(record, (await vault.GetSnapshotAsync(second, Cancel))!.Record, strict: true);
        Assert.True(await vault.RemoveSnapshotAsync(second, Cancel));
        Assert.Null(await vault.GetSnapshotAsync(second, Cancel));
        Assert.Empty(await TestVault.CheckAsync(vault));
    }

    [Fact]
    public async Task What_another_writer_added_is_found_and_what_a_prune_moved_too()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        await TestVault.BackUpAsync(vault, "mds1", "one");
        await using var other = await TestVault.OpenAsync(storage);
        var added = await other.PutAsync(BlobKind.Data, "added"u8.ToArray(), Cancel);
        await other.FlushAsync(Cancel);

        Assert.False(vault.Has(BlobKind.Data, added));
        Assert.Equal("added"u8.ToArray(), await vault.GetAsync(BlobKind.Data, added, Cancel));
    }

    [Fact]
    public async Task When_an_index_file_vanished_nothing_in_it_is_believed_any_more()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        var id = await vault.PutAsync(BlobKind.Data, "pruned"u8.ToArray(), Cancel);
        await vault.FlushAsync(Cancel);
        var open = await vault.PutAsync(BlobKind.Data, "open"u8.ToArray(), Cancel);
        foreach (var key in storage.Files.Keys.Where(key => key.Area == StorageArea.Index))
            storage.Files.TryRemove(key, out _);

        await using (await vault.LockAsync(exclusive: false, Cancel))
            Assert.False(vault.Has(BlobKind.Data, id));

        Assert.True(vault.Has(BlobKind.Data, open));
        await vault.PutAsync(BlobKind.Data, "pruned"u8.ToArray(), Cancel);
        await vault.FlushAsync(Cancel);
        await using var again = await TestVault.OpenAsync(storage);
        Assert.Equal("pruned"u8.ToArray(), await again.GetAsync(BlobKind.Data, id, Cancel));
    }

    [Fact]
    public async Task A_pack_hides_the_order_in_which_blobs_came()
    {
        var orders = new HashSet<string>();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var fresh = new MemoryStorage();
            await using var vault = await TestVault.CreateAsync(fresh);
            for (var blob = 1; blob <= 10; blob++)
                await vault.PutAsync(BlobKind.Data, RandomNumberGenerator.GetBytes(blob * 10), Cancel);
            await vault.FlushAsync(Cancel);
            var json = await new Relustre.Vault.Files.VaultFiles(fresh, vault.Sealer).ReadAsync(StorageArea.Index, fresh.Files.Keys.Single(key => key.Area == StorageArea.Index).Name, Cancel);
            orders.Add(string.Join(' ', Relustre.Vault.Index.IndexCodec.Decode(json, "index")[0].Blobs.Select(blob => blob.Length)));
        }

        Assert.True(orders.Count > 1);
    }

    [Fact]
    public async Task A_failed_pack_is_never_built_upon_by_writers_who_counted_on_it()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        var finished = await TestVault.BackUpAsync(vault, "mds1", "one");
        storage.BeforeChange = area =>
        {
            if (area == StorageArea.Data)
                throw new VaultUnreachableException("the disk was pulled");
        };
        var tree = await TestVault.PutHostAsync(vault, "two");
        await Assert.ThrowsAsync<VaultUnreachableException>(() => vault.FlushAsync(Cancel));
        storage.BeforeChange = _ => { };

        await Assert.ThrowsAsync<VaultUnreachableException>(() => vault.PutSnapshotAsync(TestVault.SnapshotOf(tree, "mds2"), Cancel));
        await Assert.ThrowsAsync<VaultUnreachableException>(() => vault.FlushAsync(Cancel));

        await using var again = await TestVault.OpenAsync(storage);
        Assert.Equal([finished], (await TestVault.SnapshotsAsync(again)).Select(snapshot => snapshot.Id));
        Assert.Empty(await TestVault.CheckAsync(again));
    }

    [Fact]
    public async Task A_cancelled_host_does_not_take_the_others_packs_with_it()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        using var host = new CancellationTokenSource();
        var put = await vault.PutAsync(BlobKind.Data, "mine"u8.ToArray(), host.Token);
        await host.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await vault.PutAsync(BlobKind.Data, "more"u8.ToArray(), host.Token));
        await vault.FlushAsync(Cancel);

        Assert.Equal("mine", Encoding.UTF8.GetString(await vault.GetAsync(BlobKind.Data, put, Cancel)));
    }

    [Fact]
    public async Task A_passing_check_tells_how_far_it_is()
    {
        await using var vault = await TestVault.CreateAsync(storage);
        await TestVault.BackUpAsync(vault, "mds1", "one", "two");
        var seen = new List<CheckProgress>();

        await foreach (var fault in vault.CheckAsync(readData: true, new Told(seen), Cancel))
            Assert.Fail(fault.ToString());

        Assert.Equal(["index", "packs", "trees", "data"], seen.Select(step => step.Stage).Distinct());
        Assert.All(seen, step => Assert.InRange(step.Done, 0, step.Total));
        Assert.All(seen.GroupBy(step => step.Stage), stage => Assert.Equal(stage.Max(step => step.Total), stage.Max(step => step.Done)));
    }

    private int Count(StorageArea area) => storage.Files.Keys.Count(key => key.Area == area);

    private sealed class Told(List<CheckProgress> seen) : IProgress<CheckProgress>
    {
        public void Report(CheckProgress value)
        {
            lock (seen)
                seen.Add(value);
        }
    }
}
