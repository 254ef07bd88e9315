using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>Several writers on one vault at the same time, restic among them.</summary>
public sealed class ConcurrentWriterTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_of_us_and_restic_write_at_once_and_nothing_is_lost()
    {
        Directory.CreateDirectory(folder["source"]);
        for (var file = 0; file < 30; file++)
            await File.WriteAllTextAsync(folder[$"source/{file}"], $"text {file}", Cancel);
        await (await TestVault.CreateAsync(new LocalStorage(folder["vault"]))).DisposeAsync();
        var restic = new Restic(folder["vault"]);

        await Task.WhenAll(WriteAsync("mds1"), WriteAsync("mds2"), restic.SucceedAsync("backup", "--host", "theirs", folder["source"]));

        Assert.Equal(0, (await restic.RunAsync("check", "--read-data")).Exit);
        await restic.SucceedAsync("prune");
        await restic.AssertCleanAsync();
        await using var vault = await TestVault.OpenAsync(new LocalStorage(folder["vault"]));
        Assert.Empty(await TestVault.CheckAsync(vault));
        var snapshots = await TestVault.SnapshotsAsync(vault);
        Assert.Equal(11, snapshots.Count);
        foreach (var snapshot in snapshots.Where(snapshot => snapshot.Record.Hostname != "theirs"))
            Assert.Equal(5, (await TestVault.ReadAsync(vault, snapshot.Record)).Length);
    }

    [Fact]
    public async Task Many_hosts_share_one_vault_object_without_losing_a_file()
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);

        // Large enough that packs fill up and are written while others still put.
        var big = new string('x', 100);
        var trees = await Task.WhenAll(Enumerable.Range(0, 24).Select(host => Task.Run(async () =>
        {
            await vault.PutContentAsync(System.Security.Cryptography.RandomNumberGenerator.GetBytes(1 << 20), Cancel);
            return await TestVault.PutHostAsync(vault, [.. Enumerable.Range(0, 50).Select(file => $"{big} {file % 7 * host}")]);
        }, Cancel)));
        await vault.FlushAsync(Cancel);
        foreach (var tree in trees)
            await vault.PutSnapshotAsync(TestVault.SnapshotOf(tree, "host"), Cancel);

        Assert.True(storage.Files.Keys.Count(key => key.Area == StorageArea.Data) >= 4);
        Assert.Equal(1, storage.Files.Keys.Count(key => key.Area == StorageArea.Index));
        await using var again = await TestVault.OpenAsync(storage);
        Assert.Empty(await TestVault.CheckAsync(again));
        foreach (var snapshot in await TestVault.SnapshotsAsync(again))
            Assert.Equal(50, (await TestVault.ReadAsync(again, snapshot.Record)).Length);
    }

    private async Task WriteAsync(string host)
    {
        await using var vault = await TestVault.OpenAsync(new LocalStorage(folder["vault"]));
        for (var day = 0; day < 5; day++)
        {
            await using var held = await vault.LockAsync(exclusive: false, Cancel);
            await TestVault.BackUpAsync(vault, host, [.. Enumerable.Range(0, 5).Select(file => $"text {file + day}")]);
        }
    }
}
