using Relustre.Vault;

namespace Relustre.Tests.Vault;

public sealed class LocalStorageTests : StorageLaws, IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Only_the_owner_may_look_and_nobody_may_change_what_is_finished()
    {
        var storage = new LocalStorage(folder["new/vault"]);
        await storage.PrepareAsync(Cancel);
        await storage.WriteAsync(StorageArea.Data, BlobId.Of("a"u8), new byte[1], Cancel);

        var modes = (await Shell.BashAsync(folder["new/vault"], "find . -printf '%m %y\\n' | sort | uniq -c | awk '{print $1,$2,$3}'")).Succeed().Text;

        Assert.Equal("1 400 f\n262 700 d\n", modes);
    }

    [Fact]
    public async Task Files_that_are_none_of_ours_are_not_seen()
    {
        var storage = NewStorage();
        await storage.PrepareAsync(Cancel);
        var name = BlobId.Of("a"u8).ToString();
        foreach (var stranger in (string[])["RECOVERY.txt", $"{name}-tmp-1234", name.ToUpperInvariant(), name[1..], $"{name}0"])
            await File.WriteAllTextAsync(folder[$"vault/index/{stranger}"], "x", Cancel);
        Directory.CreateDirectory(folder[$"vault/index/{name}"]);

        Assert.Empty(await storage.ListAsync(StorageArea.Index, Cancel));
    }

    [Fact]
    public async Task A_missing_prefix_folder_is_made_again()
    {
        var storage = NewStorage();

        await storage.WriteAsync(StorageArea.Data, BlobId.Of("a"u8), new byte[1], Cancel);

        Assert.Single(await storage.ListAsync(StorageArea.Data, Cancel));
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_leaves_nothing_half_written()
    {
        await using var disk = await TinyDisk.MountAsync(folder["disk"], "size=2m");
        var storage = new LocalStorage(folder["disk/vault"]);
        await storage.PrepareAsync(Cancel);
        await storage.WriteAsync(StorageArea.Data, BlobId.Of("a"u8), new byte[1000], Cancel);

        var full = await Assert.ThrowsAsync<VaultFullException>(async () =>
            await storage.WriteAsync(StorageArea.Data, BlobId.Of("b"u8), new byte[3 << 20], Cancel));

        Assert.Contains("no space left", full.Message, StringComparison.Ordinal);
        Assert.Equal([new StoredFile(BlobId.Of("a"u8), 1000)], await storage.ListAsync(StorageArea.Data, Cancel));
        Assert.Single(Directory.EnumerateFiles(folder["disk/vault"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_full_disk_in_the_middle_of_a_sweep_loses_nothing_finished()
    {
        await using var disk = await TinyDisk.MountAsync(folder["disk"], "size=3m");
        var storage = new LocalStorage(folder["disk/vault"]);
        BlobId finished;
        await using (var vault = await TestVault.CreateAsync(storage))
        {
            finished = await TestVault.BackUpAsync(vault, "mds1", "one", "two");
            for (var piece = 0; piece < 4; piece++)
                await vault.PutContentAsync(System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 20), Cancel);
            await Assert.ThrowsAsync<VaultFullException>(() => vault.FlushAsync(Cancel));

            // Nothing may be built upon what was lost.
            await Assert.ThrowsAsync<VaultFullException>(() => TestVault.BackUpAsync(vault, "mds2", "three"));
        }

        await using var again = await TestVault.OpenAsync(storage);
        Assert.Equal([finished], (await TestVault.SnapshotsAsync(again)).Select(snapshot => snapshot.Id));
        Assert.Empty(await TestVault.CheckAsync(again));
        await TestVault.BackUpAsync(again, "mds2", "three");
        Assert.Empty(await TestVault.CheckAsync(again));
    }

    [Fact]
    public async Task A_read_only_disk_is_told_with_its_path_and_can_still_be_read()
    {
        await using var disk = await TinyDisk.MountAsync(folder["disk"], "size=4m");
        var storage = new LocalStorage(folder["disk/vault"]);
        await using (var vault = await TestVault.CreateAsync(storage))
            await TestVault.BackUpAsync(vault, "mds1", "one");
        await disk.RemountReadOnlyAsync();

        await using var again = await TestVault.OpenAsync(storage);
        var refused = await Assert.ThrowsAsync<VaultReadOnlyException>(() => again.LockAsync(exclusive: false, Cancel));

        Assert.Contains(folder["disk/vault"], refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VaultReadOnlyException>(() => TestVault.BackUpAsync(again, "mds1", "two"));
        Assert.Equal(["one"], await TestVault.ReadAsync(again, (await TestVault.SnapshotsAsync(again))[0].Record));
        Assert.Empty(await TestVault.CheckAsync(again));
    }

    [Fact]
    public async Task A_file_where_a_folder_belongs_is_told_and_not_a_crash()
    {
        await File.WriteAllTextAsync(folder["vault"], "x", Cancel);

        await Assert.ThrowsAnyAsync<VaultException>(() => TestVault.CreateAsync(NewStorage()));
    }

    protected override Storage NewStorage() => new LocalStorage(folder["vault"]);
}
