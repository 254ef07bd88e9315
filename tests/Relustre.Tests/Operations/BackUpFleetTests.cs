using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Relustre.Components;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Operations;

public class BackUpFleetTests
{
    private static readonly Catalogue Everything = Catalogue.BuiltIn.With(new SiteFiles(["/etc/**"]));

    [Fact]
    public async Task What_a_host_has_comes_back_byte_for_byte()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        var host = fleet.Tree("mds1", ("/etc/hostname", "mds1.lfs.example\n"), ("/etc/empty", ""), ("/etc/odd\u0007na\nme", "x"), ("/srv/not-ours", "y"));

        Ended<HostOutcome.BackedUp>(await fleet.BackUpAsync(host));

        var snapshot = await fleet.ReadAsync("mds1");
        Assert.Equal("mds1.lfs.example\n", await TextAsync(snapshot, "/etc/hostname"));
        Assert.Equal("x", await TextAsync(snapshot, "/etc/odd\u0007na\nme"));
        Assert.Equal("", await TextAsync(snapshot, "/etc/empty"));
        Assert.Null(await snapshot.FindAsync("/srv/not-ours", SmallFleet.Cancel));
        Assert.Equal("mds1", (await snapshot.ManifestAsync(SmallFleet.Cancel)).Host);
    }

    [Fact]
    public async Task An_unchanged_host_gets_a_line_in_the_ledger_and_no_snapshot()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        var host = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"));

        var first = Ended<HostOutcome.BackedUp>(await fleet.BackUpAsync(host));
        var second = Ended<HostOutcome.Unchanged>(await fleet.BackUpAsync(host));

        Assert.Equal(first.Snapshot, second.Snapshot);
        Assert.Single(await fleet.Vault.SnapshotsAsync(SmallFleet.Cancel).ToListAsync(SmallFleet.Cancel));
        Assert.Equal(SightingResult.Unchanged, Ledger.BesideVault(fleet.VaultFolder).Newest()["mds1"].Result);
    }

    [Fact]
    public async Task Without_its_memory_an_unchanged_host_is_still_known_to_be_unchanged()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        var host = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"));
        await fleet.BackUpAsync(host);
        Directory.Delete(fleet["memory"], recursive: true);

        Ended<HostOutcome.Unchanged>(await fleet.BackUpAsync(host));
    }

    [Fact]
    public async Task A_vault_that_cannot_be_locked_says_so_while_a_server_hangs()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var host = new Host("mds1") { Address = "127.0.0.1", Port = ((IPEndPoint)mute.LocalEndpoint).Port, SshOptions = ["ConnectTimeout=120"] };
        await using var alone = await fleet.Vault.LockAsync(exclusive: true, SmallFleet.Cancel);

        await Assert.ThrowsAsync<VaultLockedException>(() => fleet.BackUpAsync(host).WaitAsync(TimeSpan.FromSeconds(60), SmallFleet.Cancel));
    }

    [Fact]
    public async Task A_memory_that_is_rubbish_is_no_memory()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        var host = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"));
        await fleet.BackUpAsync(host);
        File.WriteAllText(Directory.GetFiles(fleet["memory"]).Single(), "{\"format\":1,\"snap");
        fleet.Write("mds1", "/etc/hostname", "mds2\n");

        Ended<HostOutcome.BackedUp>(await fleet.BackUpAsync(host));
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_is_seen()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        var host = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"), ("/etc/other", "same"));
        await fleet.BackUpAsync(host);
        fleet.Write("mds1", "/etc/hostname", "mds7\n");

        Ended<HostOutcome.BackedUp>(await fleet.BackUpAsync(host));

        Assert.Equal("mds7\n", await TextAsync(await fleet.ReadAsync("mds1"), "/etc/hostname"));
        Assert.Equal("same", await TextAsync(await fleet.ReadAsync("mds1"), "/etc/other"));
    }

    [Fact]
    public async Task A_neighbour_that_nobody_captures_makes_no_new_snapshot()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var host = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"));
        await fleet.BackUpAsync(host);
        fleet.Write("mds1", "/etc/not-in-the-catalogue", "x");

        Ended<HostOutcome.Unchanged>(await fleet.BackUpAsync(host));
    }

    [Fact]
    public async Task Equal_hosts_are_stored_once()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        var content = Convert.ToBase64String(RandomNumberGenerator.GetBytes(200_000));
        var hosts = Enumerable.Range(1, 8).Select(number => fleet.Tree($"oss{number}", ("/etc/big", content))).ToList();
        await fleet.BackUpAsync(hosts[0]);
        var one = SizeOf(fleet.VaultFolder);

        await fleet.BackUpAsync(hosts);

        Assert.True(SizeOf(fleet.VaultFolder) < one * 1.2, $"{one} bytes for one, {SizeOf(fleet.VaultFolder)} for eight");
    }

    [Fact]
    public async Task One_bad_host_does_not_spoil_the_others()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        var good = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"));
        var gone = new Relustre.Hosts.Host("mds2") { Root = fleet["hosts/never-made"] };

        var outcomes = await fleet.BackUpAsync(gone, good);

        Assert.Contains("root folder", Assert.IsType<HostOutcome.Failed>(outcomes[0]).Message, StringComparison.Ordinal);
        Assert.IsType<HostOutcome.BackedUp>(outcomes[1]);
        Assert.Equal(SightingResult.Failed, Ledger.BesideVault(fleet.VaultFolder).Newest()["mds2"].Result);
    }

    [Fact]
    public async Task Two_backups_at_once_both_succeed_and_the_vault_is_whole()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();
        await using var other = await BlobVault.OpenAsync(new LocalStorage(fleet.VaultFolder), SmallFleet.Password, SmallFleet.Quick, SmallFleet.Cancel);
        var mds1 = fleet.Tree("mds1", ("/etc/hostname", "mds1\n"), ("/etc/shared", "same"));
        var mds2 = fleet.Tree("mds2", ("/etc/hostname", "mds2\n"), ("/etc/shared", "same"));
        var second = new BackUpFleet(other, new CatalogueIndex(Everything), Ledger.BesideVault(fleet.VaultFolder), TimeProvider.System);

        var both = await Task.WhenAll(fleet.BackUpAsync(mds1), second.RunAsync([mds2], fleet.Options, _ => { }, SmallFleet.Cancel));

        Assert.All(both, outcomes => Assert.IsType<HostOutcome.BackedUp>(Assert.Single(outcomes)));
        Assert.Empty(await fleet.Vault.CheckAsync(readData: true, null, SmallFleet.Cancel).ToListAsync(SmallFleet.Cancel));
    }

    [Fact]
    public async Task A_server_with_more_configuration_than_may_lie_in_memory_is_captured_whole_and_its_facts_say_so()
    {
        await using var fleet = await new SmallFleet { Catalogue = Catalogue.BuiltIn }.OpenAsync();
        var host = fleet.Tree("mds1", Large("/etc/sysctl.d/{0}.conf"));

        var outcome = Ended<HostOutcome.BackedUp>(await fleet.BackUpAsync(host));

        Assert.Contains("more than 32 MiB", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal);
        Assert.Equal(1_000_000, (await TextAsync(await fleet.ReadAsync("mds1"), "/etc/sysctl.d/35.conf")).Length);
        Assert.True((await TextAsync(await fleet.ReadAsync("mds1"), "/.relustre/manifest.json")).Contains("\"facts\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_facts_are_told_of_needs_no_memory()
    {
        await using var fleet = await new SmallFleet { Catalogue = Everything }.OpenAsync();

        var outcome = Ended<HostOutcome.BackedUp>(await fleet.BackUpAsync(fleet.Tree("mds1", Large("/etc/{0}"))));

        Assert.Empty(outcome.Problems);
        Assert.Equal(1_000_000, (await TextAsync(await fleet.ReadAsync("mds1"), "/etc/35")).Length);
    }

    private static (string, string)[] Large(string path) =>
        [.. Enumerable.Range(0, 36).Select(at => (string.Format(CultureInfo.InvariantCulture, path, at), new string((char)('a' + at % 26), 1_000_000)))];

    private static T Ended<T>(IReadOnlyList<HostOutcome> outcomes) where T : HostOutcome
    {
        var outcome = Assert.Single(outcomes);
        Assert.True(outcome is T, $"{outcome.GetType().Name}: {(outcome as HostOutcome.Failed)?.Message}");
        return (T)outcome;
    }

    private static async Task<string> TextAsync(SnapshotReader snapshot, string path)
    {
        var entry = await snapshot.FindAsync(path, SmallFleet.Cancel);
        Assert.NotNull(entry);
        return Encoding.UTF8.GetString((await snapshot.ReadAsync(entry, SmallFleet.Cancel)).Span);
    }

    private static long SizeOf(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
