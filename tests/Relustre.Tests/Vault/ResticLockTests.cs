using System.Diagnostics;
using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>Locks between restic and us, with the real restic.</summary>
public sealed class ResticLockTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Our_locks_stop_restic_and_its_locks_stop_us()
    {
        var storage = new LocalStorage(folder["vault"]);
        var restic = new Restic(folder["vault"]);
        await using var vault = await TestVault.CreateAsync(storage);
        await TestVault.BackUpAsync(vault, "mds1", "one");

        await using (await vault.LockAsync(exclusive: false, Cancel))
        {
            Assert.Equal(0, (await restic.RunAsync("snapshots")).Exit);
            Assert.NotEqual(0, (await restic.RunAsync("check")).Exit);
            Assert.Equal(0, (await restic.RunAsync("unlock")).Exit);
            Assert.NotEqual(0, (await restic.RunAsync("check")).Exit);
        }

        await using (await vault.LockAsync(exclusive: true, Cancel))
        {
            var refused = await restic.RunAsync("snapshots");
            Assert.NotEqual(0, refused.Exit);
            Assert.Contains("relustre:tests", refused.Errors, StringComparison.Ordinal);
        }

        await restic.AssertCleanAsync();
    }

    [Fact]
    public async Task A_lock_that_restic_holds_stops_us_for_exclusive_work()
    {
        var storage = new LocalStorage(folder["vault"]);
        await using var vault = await TestVault.CreateAsync(storage);
        Directory.CreateDirectory(folder["source"]);
        using var restic = Process.Start(new ProcessStartInfo("restic", ["--no-cache", "-r", folder["vault"], "backup", "--stdin", "-q"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["RESTIC_PASSWORD"] = TestVault.Password, ["HOME"] = folder.Path },
        })!;
        await Wait.UntilAsync(() => Directory.EnumerateFiles(folder["vault/locks"]).Any(file => Path.GetFileName(file).Length == BlobId.HexSize && new FileInfo(file).Length > 0));

        await Assert.ThrowsAsync<VaultLockedException>(() => vault.LockAsync(exclusive: true, Cancel));
        await (await vault.LockAsync(exclusive: false, Cancel)).DisposeAsync();

        await restic.StandardInput.WriteAsync("end");
        restic.StandardInput.Close();
        await restic.StandardOutput.ReadToEndAsync(Cancel);
        await restic.WaitForExitAsync(Cancel);
        await (await vault.LockAsync(exclusive: true, Cancel)).DisposeAsync();
    }

    [Fact]
    public async Task A_holder_survives_the_hang_up_by_which_restic_looks_for_life()
    {
        var storage = new LocalStorage(folder["vault"]);
        await using var vault = await TestVault.CreateAsync(storage);
        await using var held = await vault.LockAsync(exclusive: false, Cancel);

        // The very thing restic does to a process whose lock names this host.
        (await Shell.BashAsync("/", $"kill -HUP {Environment.ProcessId}")).Succeed();
        await new Restic(folder["vault"]).SucceedAsync("unlock");

        Assert.Single(await storage.ListAsync(StorageArea.Locks, Cancel));
    }

    [Fact]
    public async Task A_lock_never_bears_this_machines_bare_name()
    {
        var storage = new LocalStorage(folder["vault"]);
        await using var vault = await TestVault.CreateAsync(storage, new VaultOptions { ScryptN = 2 });
        await using var held = await vault.LockAsync(exclusive: false, Cancel);

        var text = await new Restic(folder["vault"]).SucceedAsync("cat", "lock", held.Id.ToString(), "--no-lock");

        Assert.Contains($"\"relustre:{Environment.MachineName}\"", text, StringComparison.Ordinal);
    }
}
