using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>The machine stops after each single change of a backup: whatever is then there must be a sound vault.</summary>
public sealed class CrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_after_any_change_leaves_every_finished_snapshot_and_a_vault_that_checks_clean()
    {
        var before = await NewVaultAsync();
        var changes = await RunAsync(before.Copy(), stopAfter: int.MaxValue);

        // Two locks' files come and go, two sweeps of two packs and an index each, and their snapshots.
        Assert.InRange(changes, 12, 30);
        for (var stop = 0; stop <= changes; stop++)
        {
            var storage = before.Copy();
            await RunAsync(storage, stop);
            await AssertSoundAsync(storage, stop);
        }
    }

    [Fact]
    public async Task restic_finds_every_crashed_vault_sound_too()
    {
        using var folder = new TempFolder();
        var before = await NewVaultAsync();
        var changes = await RunAsync(before.Copy(), stopAfter: int.MaxValue);
        for (var stop = 1; stop < changes; stop += 2)
        {
            var storage = before.Copy();
            await RunAsync(storage, stop);
            await storage.SaveToAsync(folder[$"{stop}"]);
            await new Restic(folder[$"{stop}"]).SucceedAsync("unlock", "--remove-all");

            var outcome = await new Restic(folder[$"{stop}"]).RunAsync("check", "--read-data");

            Assert.True(outcome.Exit == 0, $"after {stop} changes: {outcome.Text}{outcome.Errors}");
            Assert.Contains("no errors were found", outcome.Text, StringComparison.Ordinal);
        }
    }

    private static async Task<MemoryStorage> NewVaultAsync()
    {
        var storage = new MemoryStorage();
        await using var vault = await TestVault.CreateAsync(storage);
        await TestVault.BackUpAsync(vault, "old", "old one", "old two");
        return storage;
    }

    // Two sweeps under one lock; returns how many changes the storage saw.
    private static async Task<int> RunAsync(MemoryStorage storage, int stopAfter)
    {
        var changes = 0;
        storage.BeforeChange = _ =>
        {
            if (changes == stopAfter)
                throw new VaultUnreachableException("the machine stopped");
            changes++;
        };
        try
        {
            await using var vault = await TestVault.OpenAsync(storage);
            await using var held = await vault.LockAsync(exclusive: false, Cancel);
            for (var sweep = 0; sweep < 2; sweep++)
            {
                var mds = await TestVault.PutHostAsync(vault, "old one", $"mds {sweep}");
                var oss = await TestVault.PutHostAsync(vault, "old two", $"oss {sweep}");
                await vault.FlushAsync(Cancel);
                await vault.PutSnapshotAsync(TestVault.SnapshotOf(mds, $"mds {sweep}"), Cancel);
                await vault.PutSnapshotAsync(TestVault.SnapshotOf(oss, $"oss {sweep}"), Cancel);
            }
        }
        catch (VaultUnreachableException)
        {
            // That was the crash.
        }

        storage.BeforeChange = _ => { };
        return changes;
    }

    private static async Task AssertSoundAsync(MemoryStorage storage, int stop)
    {
        await using var vault = await TestVault.OpenAsync(storage);
        Assert.All(await TestVault.CheckAsync(vault), fault => Assert.True(fault.Severity == FaultSeverity.Note, $"after {stop} changes: {fault}"));
        foreach (var snapshot in await TestVault.SnapshotsAsync(vault))
            Assert.Equal(Expected(snapshot.Record.Hostname), await TestVault.ReadAsync(vault, snapshot.Record));

        // The lock of the dead is no obstacle, and the work can be repeated.
        await using (await vault.LockAsync(exclusive: true, Cancel))
        {
            var again = await TestVault.BackUpAsync(vault, "mds 1", "old one", "mds 1");
            Assert.NotNull(await vault.GetSnapshotAsync(again, Cancel));
        }

        Assert.DoesNotContain(await TestVault.CheckAsync(vault), fault => fault.Severity == FaultSeverity.Damage);
    }

    private static string[] Expected(string host) => host.Split(' ') switch
    {
        ["mds", _] => ["old one", host],
        ["oss", _] => ["old two", host],
        _ => ["old one", "old two"],
    };
}
