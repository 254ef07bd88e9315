using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>A cluster that is formed anew must not mount a second time what somebody has mounted by hand.</summary>
public sealed class NothingMountedTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly NothingMounted gate = new();

    public NothingMountedTests() =>
        pair.Wanted.Add(new LustreFacts { Version = "2.12.4", Ldev = [new LdevEntry { Local = "mds1", Label = "MGS", Device = "/dev/mapper/mpatha" }] });

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task Two_servers_that_hold_nothing_open_it() => await pair.OpensAsync(gate, "nothing is mounted on mds1 and mds2");

    [Fact]
    public async Task A_target_on_either_closes_it()
    {
        pair.Partner.File("/proc/mounts", "proc /proc proc rw 0 0\n/dev/mapper/mpatha /mnt/MGS lustre rw 0 0\n");
        await pair.RefusesAsync(gate, "mds2 holds mounted /mnt/MGS");

        pair.Partner.File("/proc/mounts", "");
        pair.Host.File("/proc/mounts", "/dev/mapper/mpatha /rescue ext4 rw 0 0\n");
        await pair.RefusesAsync(gate, "mds1 holds mounted /rescue");
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_closes_it() => await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");
}
