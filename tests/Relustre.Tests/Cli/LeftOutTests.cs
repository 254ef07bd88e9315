namespace Relustre.Tests.Cli;

/// <summary>What somebody wants to stay as it is (<c>--except</c>) stays, is told of, and spoils nothing.</summary>
public sealed class LeftOutTests : ServerInFolder
{
    private const string Place = "/etc/modprobe.d/lustre.conf";
    private const string Backed = "*.* /var/log/all\n";

    [Fact]
    public async Task All_else_comes_back_and_the_audit_asks_for_no_more()
    {
        await BrokenAsync();

        var code = await Run.RunAsync("restore", "mds1", "--except", "lnet", "--yes", "mds1");

        Assert.True(code == 0, Run.All);
        Assert.Equal("changed\n", File.ReadAllText(Server.Path(Place)));
        Assert.Equal(Backed, File.ReadAllText(Server.Path("/etc/rsyslog.conf")));
        Assert.Contains("lnet: stays as it is, since it was left out (--except)", Run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("agree already, and are not touched: lnet", Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_part_of_the_plan_that_was_read()
    {
        await BrokenAsync();
        Assert.Equal(0, await Run.RunAsync("plan", "mds1", "--except", "lnet"));
        var hash = Run.Output.TrimEnd()[^16..];

        var code = await Run.RunAsync("restore", "mds1", "--plan", hash, "--yes", "mds1");

        Assert.True(code == 0, Run.All);
        Assert.Equal("changed\n", File.ReadAllText(Server.Path(Place)));
        Assert.Equal(2, await Run.RunAsync("restore", "mds1", "--plan", hash, "--except", "lnet"));
    }

    [Fact]
    public async Task A_component_that_there_is_none_of_is_named_with_the_one_that_was_meant()
    {
        await BrokenAsync();

        Assert.Equal(2, await Run.RunAsync("plan", "mds1", "--except", "lnett"));

        Assert.Contains("there is no component 'lnett'; did you mean 'lnet'?; there are: boot-loader, ", Run.Error, StringComparison.Ordinal);
    }

    private async Task BrokenAsync()
    {
        Server.File(Place, "options lnet networks=tcp(eth1)\n").File("/etc/rsyslog.conf", Backed);
        await BackUpAsync();
        Server.File(Place, "changed\n").File("/etc/rsyslog.conf", "changed\n");
    }
}
