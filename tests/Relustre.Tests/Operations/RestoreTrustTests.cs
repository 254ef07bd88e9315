using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Restore;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Tests.Hosts;

namespace Relustre.Tests.Operations;

/// <summary>A server whose disk dies for the second time shows a third key, and nobody is to be sent after the one of its first installer.</summary>
public sealed class RestoreTrustTests(SshServer sshd) : IAsyncLifetime, IClassFixture<SshServer>
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallFleet fleet = new();
    private StoredServer wanted = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Known => folder["restores/mds1/known_hosts"];

    public async ValueTask InitializeAsync()
    {
        await fleet.OpenAsync();
        wanted = await WrittenServer.WriteAsync(fleet, "mds1", ("ssh", new([WrittenServer.File("/etc/ssh/ssh_host_ed25519_key.pub", "ssh-ed25519 AAAAofTheBackup root@mds1\n")], [])));
        folder.Write("nobody", "");
        folder.Write("site.yaml", $"""
            known-hosts: nobody
            hosts:
              - name: mds1
                address: 127.0.0.1
                port: {sshd.Port}
                user: {Environment.UserName}
                identity: {sshd.Key}
                ssh-options: [GlobalKnownHostsFile=/dev/null]
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await fleet.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_key_that_is_met_is_noted_beside_those_of_the_backup_and_nowhere_else()
    {
        var host = await MeetAsync();

        Assert.Equal(Known, host.OwnKnownHostsFile);
        var lines = await File.ReadAllLinesAsync(Known, Cancel);
        Assert.Equal(2, lines.Length);
        Assert.Equal("* ssh-ed25519 AAAAofTheBackup root@mds1", lines[1]);
        Assert.Empty(await File.ReadAllTextAsync(folder["nobody"], Cancel));
    }

    [Fact]
    public async Task Between_a_plan_and_its_restore_nobody_may_take_the_servers_place()
    {
        folder.Write("restores/mds1/known_hosts", await File.ReadAllTextAsync(sshd.OtherKnownHosts(), Cancel));

        var changed = await Assert.ThrowsAsync<HostKeyChangedException>(MeetAsync);

        Assert.Contains($"ssh-keygen -f {Known} -R ", changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_server_is_not_met_everything_stays_as_it_was()
    {
        var before = await File.ReadAllTextAsync(sshd.OtherKnownHosts(), Cancel) + "* ssh-ed25519 AAAAofAnOlderBackup\n";
        folder.Write("restores/mds1/known_hosts", before);

        await Assert.ThrowsAsync<HostKeyChangedException>(MeetAsync);

        Assert.Equal(before, await File.ReadAllTextAsync(Known, Cancel));
    }

    [Theory]
    [InlineData("mds1")]
    [InlineData("mds1-mds2")]
    public async Task While_a_restore_of_it_or_its_pair_is_open_its_keys_are_those_that_were_noted(string name)
    {
        var before = await File.ReadAllTextAsync(sshd.OtherKnownHosts(), Cancel);
        folder.Write("restores/mds1/known_hosts", before);
        folder.Write($"restores/{name}/20990101T000000000Z-0123abcd/journal.jsonl", "");

        Assert.Equal(Known, (await MeetAsync()).OwnKnownHostsFile);

        Assert.Equal(before, await File.ReadAllTextAsync(Known, Cancel));
    }

    [Theory]
    [InlineData("mds1", 1, true)]
    [InlineData("mds1-mds2", 1, true)]
    [InlineData("mds1", -1, false)]
    public async Task A_restore_that_was_begun_since_took_the_installers_key_with_it(string name, int minutesLater, bool meets)
    {
        folder.Write("restores/mds1/known_hosts", await File.ReadAllTextAsync(sshd.OtherKnownHosts(), Cancel));
        var began = File.GetLastWriteTimeUtc(Known).AddMinutes(minutesLater);
        Directory.CreateDirectory(folder[$"restores/{name}/{began:yyyyMMdd'T'HHmmssfff'Z'}-0123abcd"]);

        if (meets)
            Assert.DoesNotContain(await File.ReadAllTextAsync(sshd.OtherKnownHosts(), Cancel), (await MeetAsync(), await File.ReadAllTextAsync(Known, Cancel)).Item2, StringComparison.Ordinal);
        else
            await Assert.ThrowsAsync<HostKeyChangedException>(MeetAsync);
    }

    private async Task<Host> MeetAsync()
    {
        var site = Site.Open(folder.Path);
        await using var shells = new HostShells(TimeProvider.System);
        return (await RestoreTrust.OfAsync(site, site.Choose(["mds1"])[0], ["mds1", "mds1-mds2"], wanted, new CatalogueIndex(Catalogue.BuiltIn), shells, TimeProvider.System, Cancel)).Host;
    }
}
