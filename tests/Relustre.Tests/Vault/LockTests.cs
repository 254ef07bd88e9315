using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Relustre.Vault;
using Relustre.Vault.Files;
using Relustre.Vault.Locks;

namespace Relustre.Tests.Vault;

public sealed class LockTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    public async Task Only_shared_locks_agree(bool first, bool second, bool refused)
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);
        await using var other = await TestVault.OpenAsync(storage);
        await using var held = await vault.LockAsync(first, Cancel);

        if (refused)
        {
            var locked = await Assert.ThrowsAsync<VaultLockedException>(() => other.LockAsync(second, Cancel));
            Assert.Contains("relustre:tests", locked.Message, StringComparison.Ordinal);
            Assert.Contains($"process {Environment.ProcessId}", locked.Message, StringComparison.Ordinal);
            Assert.Contains("restic unlock", locked.Message, StringComparison.Ordinal);
            Assert.Single(await storage.ListAsync(StorageArea.Locks, Cancel));
        }
        else
        {
            await using var also = await other.LockAsync(second, Cancel);
            Assert.Equal(2, (await storage.ListAsync(StorageArea.Locks, Cancel)).Count);
        }
    }

    [Fact]
    public async Task A_lock_that_is_given_back_leaves_nothing()
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);

        await using (await vault.LockAsync(exclusive: true, Cancel))
            Assert.Single(await storage.ListAsync(StorageArea.Locks, Cancel));

        Assert.Empty(await storage.ListAsync(StorageArea.Locks, Cancel));
    }

    [Fact]
    public async Task Somebody_who_came_within_the_settling_time_is_seen_and_we_step_back()
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);
        var locks = 0;
        storage.BeforeChange = area =>
        {
            // The other one writes right after we looked and before our own lock is there.
            if (area == StorageArea.Locks && ++locks == 1)
                PutLock(storage, vault, exclusive: true, "elsewhere", process: 1, minutesOld: 0);
        };

        await Assert.ThrowsAsync<VaultLockedException>(() => vault.LockAsync(exclusive: false, Cancel));

        Assert.Single(await storage.ListAsync(StorageArea.Locks, Cancel));
    }

    [Theory]
    [InlineData("relustre:tests", 1, 31, true, "ours and old")]
    [InlineData("relustre:tests", 1, 29, false, "ours, and its process lives")]
    [InlineData("relustre:tests", int.MaxValue, 1, true, "ours, and its process is gone")]
    [InlineData("relustre:other", int.MaxValue, 31, false, "not ours: an administrator decides")]
    [InlineData("elsewhere", int.MaxValue, 31, false, "restic's own")]
    public async Task Only_what_a_crash_of_ours_left_is_cleared_away(string host, int process, int minutes, bool cleared, string why)
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);
        PutLock(storage, vault, exclusive: true, host, process, minutes);

        if (cleared)
            await (await vault.LockAsync(exclusive: true, Cancel)).DisposeAsync();
        else
            await Assert.ThrowsAsync<VaultLockedException>(() => vault.LockAsync(exclusive: false, Cancel));

        Assert.True((await storage.ListAsync(StorageArea.Locks, Cancel)).Count == (cleared ? 0 : 1), why);
    }

    [Fact]
    public async Task A_restart_that_got_the_same_process_id_is_not_taken_for_alive()
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);
        PutLock(storage, vault, exclusive: true, "relustre:tests", Environment.ProcessId, minutesOld: 1);

        await (await vault.LockAsync(exclusive: true, Cancel)).DisposeAsync();
    }

    [Fact]
    public async Task An_empty_lock_file_counts_for_nothing_and_an_unreadable_one_blocks()
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);
        storage.Files[(StorageArea.Locks, BlobId.Of("a"u8))] = [];
        await (await vault.LockAsync(exclusive: true, Cancel)).DisposeAsync();

        storage.Files[(StorageArea.Locks, BlobId.Of("b"u8))] = new byte[100];
        var locked = await Assert.ThrowsAsync<VaultLockedException>(() => vault.LockAsync(exclusive: false, Cancel));

        Assert.Contains("cannot be read", locked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_lock_is_renewed_before_anybody_could_take_it_for_dead()
    {
        var storage = new MemoryStorage();
        await using var held = await LockWithClockAsync(storage);
        var first = held.Id;

        for (var round = 0; round < 12; round++)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await UntilAsync(() => held.Id != first);
            first = held.Id;
            Assert.Equal([first], (await storage.ListAsync(StorageArea.Locks, Cancel)).Select(file => file.Name));
        }

        Assert.False(held.LockLost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_renewed_is_given_up_in_time()
    {
        var storage = new MemoryStorage();
        await using var held = await LockWithClockAsync(storage);
        var tries = 0;
        storage.BeforeChange = _ =>
        {
            tries++;
            throw new VaultUnreachableException("gone");
        };

        for (var round = 1; round <= 4; round++)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await UntilAsync(() => tries == round);
        }

        Assert.False(held.LockLost.IsCancellationRequested);
        clock.Advance(TimeSpan.FromMinutes(5));
        await UntilAsync(() => held.LockLost.IsCancellationRequested);
        storage.BeforeChange = _ => { };
    }

    [Fact]
    public async Task A_lock_that_somebody_removed_by_force_is_lost()
    {
        var storage = new MemoryStorage();
        await using var held = await LockWithClockAsync(storage);
        await storage.DeleteAsync(StorageArea.Locks, held.Id, Cancel);

        clock.Advance(TimeSpan.FromMinutes(5));

        await UntilAsync(() => held.LockLost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_machine_that_slept_does_not_renew_a_lock_that_others_may_have_cleared()
    {
        var storage = new MemoryStorage();
        await using var held = await LockWithClockAsync(storage);
        var id = held.Id;
        clock.AutoAdvanceAmount = TimeSpan.Zero;

        clock.Advance(TimeSpan.FromHours(8));

        await UntilAsync(() => held.LockLost.IsCancellationRequested);
        Assert.Equal(id, held.Id);
    }

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
        await UntilAsync(() => Directory.EnumerateFiles(folder["vault/locks"]).Any(file => Path.GetFileName(file).Length == BlobId.HexSize && new FileInfo(file).Length > 0));

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


    private async Task<VaultLock> LockWithClockAsync(MemoryStorage storage)
    {
        var vault = await TestVault.CreateAsync(storage, TestVault.Options with { Time = clock });
        var taking = vault.LockAsync(exclusive: true, Cancel);
        while (!taking.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        return await taking;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var patience = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "it did not happen within 20 seconds");
            await Task.Delay(2, Cancel);
        }
    }

    private static void PutLock(MemoryStorage storage, BlobVault vault, bool exclusive, string host, int process, int minutesOld)
    {
        var json = new LockRecord
        {
            Time = TimeProvider.System.GetUtcNow().AddMinutes(-minutesOld),
            Exclusive = exclusive,
            HostName = host,
            UserName = "root",
            Process = process,
        }.Encode();
        var written = new MemoryStorage();
        new VaultFiles(written, vault.Sealer).WriteAsync(StorageArea.Locks, json, default).AsTask().GetAwaiter().GetResult();
        foreach (var (key, content) in written.Files)
            storage.Files[key] = content;
    }
}
