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

    [Theory]
    [InlineData("oss1")]
    [InlineData("")]
    public async Task Of_a_restore_that_nobody_wanted_nothing_is_kept(string typed)
    {
        Server.File(Place, Backed);
        await BackUpAsync();
        Server.File(Place, Broken);
        Run.Input = new StringReader(typed);

        Assert.Equal(1, await Run.RunAsync("restore", "mds1", "--only", "lnet"));

        Assert.Equal(0, await SafetySnapshotsAsync());
        Assert.Equal(Broken, File.ReadAllText(Server.Path(Place)));
    }

    [Fact]
    public async Task Of_what_could_not_be_planned_nothing_is_kept()
    {
        Server.File(Place, Backed);
        await BackUpAsync();
        Server.File(Place, Broken);

        Assert.Equal(1, await Run.RunAsync("restore", "mds1", "--nic", "eth7=eth8", "--yes", "mds1"));

        Assert.Equal(0, await SafetySnapshotsAsync());
    }

    [Fact]
    public async Task Where_nothing_is_to_be_done_nothing_is_kept_either()
    {
        Server.File(Place, Backed);
        await BackUpAsync();
        Server.File("/etc/motd", "something that is no part of it\n");

        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--only", "lnet"));

        Assert.Equal(0, await SafetySnapshotsAsync());
    }

    [Fact]
    public async Task What_was_planned_from_is_what_undoes_it()
    {
        await RestoredAsync();

        Assert.Equal(1, await SafetySnapshotsAsync());
    }

    [Fact]
    public async Task Whoever_thinks_for_long_can_undo_to_what_the_server_had_become_meanwhile()
    {
        const string Meanwhile = "options lnet networks=tcp(eth3)\n";
        Server.File(Place, Backed);
        await BackUpAsync();
        Server.File(Place, Broken);
        var clock = new MovableClock();
        Run.Clock = clock;
        Run.Input = new Thinker("mds1", () =>
        {
            clock.Ahead = TimeSpan.FromMinutes(10);
            Server.File(Place, Meanwhile);
        });

        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--only", "lnet", "--open-gate", "clocks-agree"));
        Assert.Equal(Backed, File.ReadAllText(Server.Path(Place)));
        Assert.Equal(1, await SafetySnapshotsAsync());
        Assert.Equal(0, await Run.RunAsync("restore", "mds1", "--undo", "--only", "lnet", "--yes", "mds1", "--open-gate", "clocks-agree"));

        Assert.Equal(Meanwhile, File.ReadAllText(Server.Path(Place)));
    }

    private async Task<int> SafetySnapshotsAsync()
    {
        Assert.Equal(0, await Run.RunAsync("snapshots", "mds1"));
        return Run.Output.Split('\n').Count(line => line.Contains("safety", StringComparison.Ordinal));
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

    private sealed class MovableClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    /// <summary>Somebody to whom something happens while they think.</summary>
    private sealed class Thinker(string answer, Action meanwhile) : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            meanwhile();
            return ValueTask.FromResult<string?>(answer);
        }
    }
}
