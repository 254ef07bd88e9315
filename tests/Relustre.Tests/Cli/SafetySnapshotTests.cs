namespace Relustre.Tests.Cli;

/// <summary>What a server was before a restore is there to undo it, and nobody's idea of how the server should be: on a server in a folder.</summary>
public sealed class SafetySnapshotTests : IDisposable
{
    private const string Place = "/etc/modprobe.d/lustre.conf";
    private const string Backed = "options lnet networks=tcp(eth1)\n";
    private const string Broken = "options lnet networks=tcp(eth2)\n";

    private readonly CliRun run = new();
    private readonly TestServer server = new("mds1");

    public void Dispose()
    {
        run.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task After_a_restore_an_audit_compares_with_the_backup_and_not_with_what_was_before_it()
    {
        await RestoredAsync();

        Assert.Equal(0, await run.RunAsync("audit"));
        server.File(Place, Broken);
        Assert.Equal(20, await run.RunAsync("audit"));
    }

    [Fact]
    public async Task The_next_plan_goes_back_to_the_backup_too()
    {
        await RestoredAsync();

        Assert.Equal(0, await run.RunAsync("plan", "mds1", "--only", "lnet"));
        Assert.Contains("nothing to do", run.Output, StringComparison.Ordinal);
        server.File(Place, Broken);
        Assert.Equal(0, await run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));
        Assert.Equal(Backed, File.ReadAllText(server.Path(Place)));
    }

    private async Task RestoredAsync()
    {
        server.File(Place, Backed);
        Assert.Equal(0, await run.RunAsync("init"));
        Assert.Equal(0, await run.RunAsync("host", "add", "mds1", "--root", server.Path("/")));
        Assert.Equal(0, await run.RunAsync("backup", "mds1"));
        server.File(Place, Broken);
        Assert.Equal(0, await run.RunAsync("restore", "mds1", "--only", "lnet", "--yes", "mds1"));
        Assert.Equal(0, await run.RunAsync("snapshots", "mds1"));
        Assert.Contains("safety", run.Output, StringComparison.Ordinal);
    }
}
