namespace Relustre.Tests.Cli;

/// <summary>What a server was before a restore is there to undo it, and nobody's idea of how the server should be: on a server in a folder.</summary>
public sealed class SafetySnapshotTests : ServerInFolder
{
    private const string Place = "/etc/modprobe.d/lustre.conf";
    private const string Backed = "options lnet networks=tcp(eth1)\n";
    private const string Broken = "options lnet networks=tcp(eth2)\n";

    [Fact]
    public async Task After_a_restore_an_audit_compares_with_the_backup_and_not_with_what_was_before_it()
    {
        await RestoredAsync();

        Assert.Equal(0, await Run.RunAsync("audit"));
        Server.File(Place, Broken);
        Assert.Equal(20, await Run.RunAsync("audit"));
    }

    [Fact]
    public async Task The_next_plan_goes_back_to_the_backup_too()
    {
        await RestoredAsync();

        Assert.Equal(0, await Run.RunAsync("plan", "mds1", "--only", "lnet"));
        Assert.Contains("nothing to do", Run.Output, StringComparison.Ordinal);
        Server.File(Place, Broken);
        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));
        Assert.Equal(Backed, File.ReadAllText(Server.Path(Place)));
    }

    private async Task RestoredAsync()
    {
        Server.File(Place, Backed);
        await BackUpAsync();
        Server.File(Place, Broken);
        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));
        Assert.Equal(0, await Run.RunAsync("snapshots", "mds1"));
        Assert.Contains("safety", Run.Output, StringComparison.Ordinal);
    }
}
