using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Relustre.Tests.Operations;

/// <summary>Bad days of the program itself, as an administrator meets them.</summary>
public sealed class WholeProgramTests : IDisposable
{
    private readonly BuiltProgram program = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (File.ReadAllText("/proc/mounts").Contains(program.Site, StringComparison.Ordinal))
            program.Folder.Shell("umount -l site");
        program.Dispose();
    }

    [Fact]
    public void A_vault_on_a_read_only_disk_can_be_read_and_says_why_it_takes_nothing()
    {
        program.Folder.Shell("mkdir site; mount -t tmpfs -o size=8m relustre-test site");
        program.WithSite("mds1");
        Assert.Equal(0, program.Run("backup").Code);
        Directory.Delete(Path.Combine(program.Site, "memory"), recursive: true);
        program.Folder.Shell("mount -o remount,ro site");

        var (code, output, error) = program.Run("backup");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"{program.Vault}/locks", error, StringComparison.Ordinal);
        Assert.Contains("read-only file system: remount it writable", error, StringComparison.Ordinal);
        string[] readers = ["snapshots", "ls mds1", "show mds1", "dump mds1 /etc/hosts", "check", "check --read-data", "host list"];
        Assert.All(readers, line => Assert.Equal(0, program.Run(line.Split(' ')).Code));
        Assert.Equal(0, program.Run("restore-files", "mds1", "--target", program.Folder["out"]).Code);
        Assert.Equal("mds1\n", File.ReadAllText(program.Folder["out/etc/hostname"]));
    }

    [Fact]
    public void A_disk_that_fills_up_ends_the_sweep_with_the_next_step_and_the_next_sweep_succeeds()
    {
        program.Folder.Shell("mkdir site; mount -t tmpfs -o size=3m relustre-test site");
        program.WithSite("mds1");
        Assert.Equal(0, program.Run("backup").Code);
        program.Folder.Shell("mkdir -p mds2/etc/cron.d; head -c 6000000 /dev/urandom | split -b 600000 - mds2/etc/cron.d/part");
        Assert.Equal(0, program.Run("host", "add", "mds2", "--root", program.Folder["mds2"]).Code);

        var (code, _, error) = program.Run("backup");

        Assert.Equal(1, code);
        Assert.Contains("no space left", error, StringComparison.Ordinal);
        Assert.Contains("nothing finished before is lost", error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", error, StringComparison.Ordinal);
        program.AssertWhole(snapshots: 1);
        program.Folder.Shell("mount -o remount,size=40m site");
        Assert.Equal(0, program.Run("backup").Code);
        program.AssertWhole(snapshots: 2);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_keeps_what_was_captured_and_leaves_no_lock(string signal)
    {
        Hanging();
        program.WithSite("mds1");
        Assert.Equal(0, program.Run("host", "add", "slow").Code);
        // One after the other: when the second is reached for, the first has been read.
        File.AppendAllText(Path.Combine(program.Site, "site.yaml"), "parallel: 1\n");
        using var backup = program.Start("backup");
        await ReachedAsync(backup);

        program.Folder.Shell($"kill -HUP {backup.Id}; kill -{signal} {backup.Id}");
        var (code, _, error) = BuiltProgram.End(backup);

        Assert.Equal(130, code);
        Assert.Contains("interrupted", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(program.Vault, "locks")));
        program.AssertWhole(snapshots: 1);
    }

    [Fact]
    public void Two_backups_at_once_both_succeed()
    {
        program.WithSite("mds1", "mds2");
        var first = program.Start("backup", "mds1");
        var second = program.Start("backup", "mds2");

        Assert.Equal(0, BuiltProgram.End(first).Code);
        Assert.Equal(0, BuiltProgram.End(second).Code);
        program.AssertWhole(snapshots: 2);
    }

    [Fact]
    public void What_an_ordinary_user_may_not_read_is_named_and_the_rest_is_stored()
    {
        program.WithSite("mds1");
        var secret = program.Folder.Write("mds1/etc/shadow", "root:x\n", UnixFileMode.UserRead);
        program.Folder.Shell("chmod 755 .; chown -R nobody site");

        var (code, output, error) = program.RunAs("nobody", "backup");

        Assert.Equal(3, code);
        Assert.Contains("mds1: new snapshot", output, StringComparison.Ordinal);
        Assert.Contains("mds1: /etc/shadow: could not be read: Permission denied", error, StringComparison.Ordinal);
        Assert.True(File.Exists(secret));
        Assert.Equal("127.0.0.1 localhost\n", program.Run("dump", "mds1", "/etc/hosts").Output);
    }

    [Theory]
    [InlineData("site.yaml", "name another site by --site DIR")]
    [InlineData("keys/vault.password", "name another password by --password-file")]
    public void A_site_of_another_user_says_whose_command_this_is(string closed, string next)
    {
        program.WithSite("mds1");
        program.Folder.Shell($"chmod 755 . site site/keys; chmod 644 site/site.yaml; chmod 600 site/{closed}");

        var (code, _, error) = program.RunAs("nobody", "snapshots");

        Assert.NotEqual(0, code);
        Assert.Contains(closed, error, StringComparison.Ordinal);
        Assert.Contains("run this as the one whose site it is (sudo), or " + next, error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sheet_for_the_day_without_us_is_right_in_every_command()
    {
        program.WithSite("mds1");
        program.Folder.Write("mds1/etc/fstab", "LABEL=root / xfs defaults 0 0\n");
        Assert.Equal(0, program.Run("backup").Code);
        var sheet = File.ReadAllText(Path.Combine(program.Site, "RECOVERY.txt"));
        var commands = Regex.Matches(sheet, @"^ *(?:\d\.)? *((?:export|restic) [^…\n]*?)(?:   .*)?$", RegexOptions.Multiline).Select(match => match.Groups[1].Value)
            .Select(command => command.Replace("NAME", "mds1", StringComparison.Ordinal).Replace("/root/", program.Folder.Path + "/", StringComparison.Ordinal)).ToList();

        var said = program.Folder.Shell(string.Join('\n', commands));

        Assert.Contains("mds1", said, StringComparison.Ordinal);
        Assert.EndsWith("mds1\n", program.Folder.Shell("cat mds1-restored/etc/hostname"), StringComparison.Ordinal);
        Assert.True(File.Exists(program.Folder["mds1-restored/.relustre/manifest.json"]));
        Assert.True(commands.Count >= 6, string.Join('\n', commands));
    }

    private void Hanging()
    {
        program.Folder.Write("bin/ssh", $"#!/bin/sh\n: > {program.Folder["reached"]}\nexec sleep 1000\n");
        program.Folder.Shell("chmod +x bin/ssh");
    }

    private async Task ReachedAsync(Process backup)
    {
        while (!File.Exists(program.Folder["reached"]))
        {
            Assert.False(backup.HasExited);
            await Task.Delay(20, Cancel);
        }
    }
}
