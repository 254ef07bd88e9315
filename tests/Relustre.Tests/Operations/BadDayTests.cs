using System.Diagnostics;
using System.Security.Cryptography;
using Relustre.Components;
using Relustre.Operations;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Operations;

/// <summary>The disk fills up, the power goes: what was finished before is still there, and the next run succeeds.</summary>
public class BadDayTests
{
    private static readonly Catalogue Everything = Catalogue.BuiltIn.With(new SiteFiles(["/etc/**"]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_fills_up_in_the_middle_of_a_sweep_loses_nothing_that_was_finished()
    {
        await using var fleet = new SmallFleet { Catalogue = Everything };
        Directory.CreateDirectory(fleet.VaultFolder);
        Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", fleet.VaultFolder);
        try
        {
            await fleet.OpenAsync();
            var first = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"));
            await fleet.BackUpAsync(first);
            var big = fleet.Tree("mds2", ("/etc/big", Convert.ToBase64String(RandomNumberGenerator.GetBytes(6_000_000))));

            var full = await Assert.ThrowsAsync<VaultFullException>(() => fleet.BackUpAsync(big, first));

            Assert.Contains(fleet.VaultFolder, full.Message, StringComparison.Ordinal);
            await AssertWholeAsync(fleet.VaultFolder, SmallFleet.Password, SmallFleet.Quick, snapshots: 1);
            Run("mount", "-o", "remount,size=60m", fleet.VaultFolder);
            await using var again = await BlobVault.OpenAsync(new LocalStorage(fleet.VaultFolder), SmallFleet.Password, SmallFleet.Quick, Cancel);
            var outcomes = await new BackUpFleet(again, new CatalogueIndex(Everything), Ledger.BesideVault(fleet.VaultFolder), TimeProvider.System)
                .RunAsync([big, first], fleet.Options, _ => { }, Cancel);
            Assert.All(outcomes, outcome => Assert.True(outcome.IsComplete));
            await AssertWholeAsync(fleet.VaultFolder, SmallFleet.Password, SmallFleet.Quick, snapshots: 2);
        }
        finally
        {
            Run("umount", "-l", fleet.VaultFolder);
        }
    }

    [Fact]
    public async Task A_backup_killed_at_any_moment_leaves_a_whole_vault_and_does_not_stop_the_next()
    {
        using var folder = new TemporaryFolder();
        var site = folder["site"];
        Relustre("init", "--site", site).WaitForExit();
        for (var host = 1; host <= 3; host++)
        {
            folder.Write($"mds{host}/etc/hosts", "127.0.0.1 localhost\n");
            Relustre("host", "add", $"mds{host}", "--root", folder[$"mds{host}"], "--site", site).WaitForExit();
        }
        var password = (await File.ReadAllTextAsync(Path.Combine(site, "keys", "vault.password"), Cancel)).Trim();
        var finished = 0;

        for (var round = 0; round < 14; round++)
        {
            for (var host = 1; host <= 3; host++)
                folder.Write($"mds{host}/etc/hosts", $"127.0.0.1 localhost\n# {round} {RandomNumberGenerator.GetHexString(4000)}\n");
            using var backup = Relustre("backup", "--site", site);
            await Task.WhenAny(backup.WaitForExitAsync(Cancel), Task.Delay(RandomNumberGenerator.GetInt32(150, 1200), Cancel));
            backup.Kill();
            await backup.WaitForExitAsync(Cancel);
            finished = await AssertWholeAsync(Path.Combine(site, "vault"), password, new VaultOptions(), atLeast: finished);
        }
        using var last = Relustre("backup", "--site", site);
        await last.WaitForExitAsync(Cancel);

        Assert.Equal(0, last.ExitCode);
        Run("restic", "-r", Path.Combine(site, "vault"), "--password-file", Path.Combine(site, "keys", "vault.password"), "--no-cache", "check", "--read-data");
    }

    private static async Task<int> AssertWholeAsync(string folder, string password, VaultOptions options, int? snapshots = null, int atLeast = 0)
    {
        await using var vault = await BlobVault.OpenAsync(new LocalStorage(folder), password, options, Cancel);
        await vault.LoadIndexAsync(Cancel);
        var faults = await vault.CheckAsync(readData: true, null, Cancel).Where(fault => fault.Severity == FaultSeverity.Damage).ToListAsync(Cancel);
        var found = await vault.SnapshotsAsync(Cancel).CountAsync(Cancel);

        Assert.Empty(faults);
        Assert.Equal(snapshots ?? found, found);
        Assert.True(found >= atLeast, $"{atLeast} snapshots were finished, {found} are left");
        return found;
    }

    private static Process Relustre(params string[] arguments) =>
        Start(Path.Combine(Repository.Root, "artifacts", "bin", "Relustre.Cli", "release", "relustre"), arguments);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string program, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
