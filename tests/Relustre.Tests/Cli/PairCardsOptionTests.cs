using Relustre.Restore;

namespace Relustre.Tests.Cli;

/// <summary>How a recovery is told of new network cards: what cannot be meant is refused before anything is looked at.</summary>
public sealed class PairCardsOptionTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("msd1:eth0=ens5", "--nic msd1:eth0=ens5: the pair has mds1 and mds2, and no server 'msd1'; did you mean 'mds1'?")]
    [InlineData("oss7:00:25:90:aa:bb:01=ens5", "the pair has mds1 and mds2, and no server 'oss7'")]
    [InlineData("mds1:eth0", "say it once for each card, as --nic mds1:eth0=ens5")]
    [InlineData("mds1:=ens5", "say it once for each card")]
    [InlineData("mds1:eth0=", "say it once for each card")]
    [InlineData("=ens5", "say it once for each card")]
    [InlineData("mds1:eth0=ens5=ens6", "say it once for each card")]
    public async Task What_cannot_be_meant_is_refused_with_what_to_type(string text, string because)
    {
        await PairAsync();

        Assert.Equal(2, await run.RunAsync("recover-cluster", "mds", "--plan", "--nic", text));
        Assert.Contains(because, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_card_twice_is_refused_and_the_same_name_on_both_servers_is_not()
    {
        await PairAsync();

        Assert.Equal(2, await run.RunAsync("recover-cluster", "mds", "--plan", "--nic", "mds1:eth0=ens5", "--nic", "mds1:eth0=ens6"));
        Assert.Contains("--nic mds1:eth0=ens6: say it once for each card", run.Error, StringComparison.Ordinal);
        // These are understood; what stops it is that its servers are trees.
        Assert.Equal(1, await run.RunAsync("recover-cluster", "mds", "--plan", "--nic", "mds1:eth0=ens5", "--nic", "mds2:eth0=ens5", "--nic", "00:25:90:aa:bb:01=ens6"));
        Assert.DoesNotContain("--nic", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_settled_when_a_recovery_began_holds()
    {
        await PairAsync();
        var book = new RestoreBook(run.Folder["restores"], TimeProvider.System);
        book.Start(new RestorePlan
        {
            Host = "mds",
            Snapshot = new string('0', 64),
            SnapshotTime = DateTimeOffset.UnixEpoch,
            MadeAt = DateTimeOffset.UnixEpoch,
            Platform = new Platform(),
            Steps = [],
            Servers = [new("mds1", new string('0', 64), DateTimeOffset.UnixEpoch) { Macs = new Dictionary<string, string> { ["eth0"] = "ens5" } }, new("mds2", new string('0', 64), DateTimeOffset.UnixEpoch)],
        }, []).Dispose();

        foreach (var other in (string[])["mds1:eth0=ens6", "mds2:eth0=ens5", "eth1=ens5"])
        {
            Assert.Equal(2, await run.RunAsync("recover-cluster", "mds", "--resume", "--nic", other));
            Assert.Contains($"--nic {other}: a recovery of mds is open", run.Error, StringComparison.Ordinal);
            Assert.Contains("'relustre recover-cluster mds --resume'", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(0, await run.RunAsync("recover-cluster", "mds", "--give-up", "--nic", "mds1:eth0=ens5"));
    }

    private async Task PairAsync()
    {
        Assert.Equal(0, await run.RunAsync("init"));
        foreach (var name in (string[])["mds1", "mds2"])
        {
            Directory.CreateDirectory(run.Folder[name]);
            File.WriteAllText(Path.Combine(run.Folder[name], "motd"), "");
            Assert.Equal(0, await run.RunAsync("host", "add", name, "--pair", "mds", "--root", run.Folder[name]));
            Assert.Equal(0, await run.RunAsync("backup", name));
        }
    }
}
