namespace Relustre.Tests.Cli;

/// <summary>A gate that refuses, and a person who goes through it all the same: on a server in a folder.</summary>
public sealed class OpenGateTests : ServerInFolder
{
    [Fact]
    public async Task A_gate_is_known_by_its_whole_name()
    {
        Assert.Equal(2, await Run.RunAsync("restore", "mds1", "--open-gate", "partner-server"));

        Assert.Contains("there is no gate 'partner-server'", Run.Error, StringComparison.Ordinal);
        Assert.Contains("partner-serves", Run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_refuses_until_its_name_is_typed_which_the_journal_and_the_report_then_tell()
    {
        await BrokenServerAsync();

        Assert.Equal(21, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));
        Assert.Contains("gate node-is-idle is closed before step 1/1: corosync runs on mds1", Run.Error, StringComparison.Ordinal);
        Assert.Contains("--open-gate node-is-idle", Run.Error, StringComparison.Ordinal);
        Assert.Equal("changed\n", File.ReadAllText(Server.Path("/etc/modprobe.d/lustre.conf")));

        var code = await Run.RunAsync("restore", "mds1", "--resume", "--open-gate", "node-is-idle");
        Assert.True(code == 0, Run.All);
        Assert.Contains("gate node-is-idle is opened by hand", Run.Error, StringComparison.Ordinal);
        Assert.Contains("opened by hand: node-is-idle", Run.Output, StringComparison.Ordinal);
        Assert.Equal("options lnet networks=tcp(eth1)\n", File.ReadAllText(Server.Path("/etc/modprobe.d/lustre.conf")));
        var journal = Directory.GetFiles(Run.Folder["restores/mds1"], "journal.jsonl", SearchOption.AllDirectories).Single();
        Assert.Contains("\"kind\":\"GateOpened\",\"text\":\"node-is-idle\"", File.ReadAllText(journal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--stay")]
    [InlineData("--only", "corosync")]
    [InlineData("--except", "firewall")]
    [InlineData("--nic", "eth0=ens5")]
    public async Task What_an_open_restore_does_was_settled_when_it_began(params string[] more)
    {
        await BrokenServerAsync();
        Assert.Equal(21, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));

        Assert.Equal(2, await Run.RunAsync(["restore", "mds1", "--resume", .. more]));

        Assert.Contains($"{string.Join(' ', more)}: a restore of mds1 is open", Run.Error, StringComparison.Ordinal);
        Assert.Equal("changed\n", File.ReadAllText(Server.Path("/etc/modprobe.d/lustre.conf")));
        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--resume", "--open-gate", "node-is-idle"));
    }

    private async Task BrokenServerAsync()
    {
        Server.File("/etc/modprobe.d/lustre.conf", "options lnet networks=tcp(eth1)\n");
        await BackUpAsync();
        Server.File("/etc/modprobe.d/lustre.conf", "changed\n").File("/proc/7/stat", "7 (corosync) S 1 ");
    }
}
