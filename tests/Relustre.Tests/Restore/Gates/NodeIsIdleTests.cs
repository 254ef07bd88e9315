using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>The gate before all that could disturb a running cluster.</summary>
public sealed class NodeIsIdleTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly NodeIsIdle gate = new();

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task A_server_that_serves_nothing_lets_it_through() => await pair.OpensAsync(gate);

    [Theory]
    [InlineData("corosync")]
    [InlineData("pacemakerd")]
    [InlineData("pacemaker-based")]
    [InlineData("cman")]
    [InlineData("heartbeat")]
    public async Task A_cluster_that_runs_closes_it(string process)
    {
        pair.Host.File("/proc/812/stat", $"812 ({process}) S 1 812 812 0");

        await pair.RefusesAsync(gate, $"{process} runs on mds1");
    }

    [Fact]
    public async Task Processes_that_are_only_called_alike_do_not()
    {
        pair.Host.File("/proc/812/stat", "812 (corosync-notify) S 1").File("/proc/813/stat", "813 (my) corosync) S 1");

        await pair.OpensAsync(gate);
    }

    [Theory]
    [InlineData("lustre")]
    [InlineData("lustre_tgt")]
    public async Task A_mounted_target_closes_it(string type)
    {
        pair.Host.File("/proc/mounts", $"/dev/mapper/mpatha /mnt/MGS {type} ro 0 0\n");

        await pair.RefusesAsync(gate, "mounted: move its resources");
    }

    [Fact]
    public async Task A_server_that_cannot_say_what_runs_does_not_open_it()
    {
        pair.Host.Remove("/proc/self/stat");

        await pair.RefusesAsync(gate, "does not tell");
    }
}
