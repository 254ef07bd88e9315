using Microsoft.Extensions.Time.Testing;
using Relustre.Vault;
using Relustre.Vault.Files;
using Relustre.Vault.Locks;

namespace Relustre.Tests.Vault;

public sealed class LockTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
            await Wait.UntilAsync(() => held.Id != first);
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
            await Wait.UntilAsync(() => tries == round);
        }

        Assert.False(held.LockLost.IsCancellationRequested);
        clock.Advance(TimeSpan.FromMinutes(5));
        await Wait.UntilAsync(() => held.LockLost.IsCancellationRequested);
        storage.BeforeChange = _ => { };
    }

    [Fact]
    public async Task A_lock_that_somebody_removed_by_force_is_lost()
    {
        var storage = new MemoryStorage();
        await using var held = await LockWithClockAsync(storage);
        await storage.DeleteAsync(StorageArea.Locks, held.Id, Cancel);

        clock.Advance(TimeSpan.FromMinutes(5));

        await Wait.UntilAsync(() => held.LockLost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_machine_that_slept_does_not_renew_a_lock_that_others_may_have_cleared()
    {
        var storage = new MemoryStorage();
        await using var held = await LockWithClockAsync(storage);
        var id = held.Id;
        clock.AutoAdvanceAmount = TimeSpan.Zero;

        clock.Advance(TimeSpan.FromHours(8));

        await Wait.UntilAsync(() => held.LockLost.IsCancellationRequested);
        Assert.Equal(id, held.Id);
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
