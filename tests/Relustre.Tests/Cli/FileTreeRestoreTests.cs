namespace Relustre.Tests.Cli;

/// <summary>A file tree (<c>root:</c>) gets its files back, and the machine on which it lies stays as it is.</summary>
public sealed class FileTreeRestoreTests : ServerInFolder
{
    private const string Place = "/etc/modprobe.d/lustre.conf";
    private const string Backed = "options lnet networks=tcp(eth1)\n";

    [Fact]
    public async Task Its_files_come_back_and_nothing_else_is_done()
    {
        await BrokenAsync();

        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--yes", "mds1"));

        Assert.Equal(Backed, File.ReadAllText(Server.Path(Place)));
        Assert.Contains("mds1 is a file tree, which runs nothing", Run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("] reboot", Run.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Also_those_that_a_running_server_gets_under_a_fall_back()
    {
        Server.File("/etc/hosts.deny", "ALL: ALL\n");
        await BackUpAsync();
        File.Move(Server.Path("/etc/hosts.deny"), Server.Path("/etc/hosts.allow"));

        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--yes", "mds1"));

        Assert.Equal("ALL: ALL\n", File.ReadAllText(Server.Path("/etc/hosts.deny")));
        Assert.False(File.Exists(Server.Path("/etc/hosts.allow")));
    }

    [Fact]
    public async Task Its_plan_has_files_alone_and_keeps_the_first_gates()
    {
        await BrokenAsync();

        Assert.Equal(0, await Run.RunAsync("plan", "mds1", "--json"));

        var steps = System.Text.Json.JsonDocument.Parse(Run.Output).RootElement.GetProperty("steps").EnumerateArray().ToList();
        var only = Assert.Single(steps);
        Assert.Equal($"write {Place}", only.GetProperty("summary").GetString());
        Assert.Contains("one-at-a-time", only.GetProperty("gates").EnumerateArray().Select(gate => gate.GetString()));
    }

    [Fact]
    public async Task No_cluster_is_formed_of_trees()
    {
        using var partner = new TestServer("mds2");
        await AddAsync("--pair", "mds");
        Assert.Equal(0, await Run.RunAsync("host", "add", "mds2", "--pair", "mds", "--root", partner.Path("/")));
        Assert.Equal(0, await Run.RunAsync("backup", "mds1", "mds2"));

        Assert.Equal(1, await Run.RunAsync("recover-cluster", "mds", "--yes", "mds"));

        Assert.Contains("mds1 is a file tree", Run.Error, StringComparison.Ordinal);
    }

    private async Task BrokenAsync()
    {
        Server.File(Place, Backed);
        await BackUpAsync();
        Server.File(Place, "options lnet networks=tcp(eth2)\n");
    }
}
