using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>A server that is taken to pieces must hold nothing that others need.</summary>
public sealed class HoldsNothingTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly HoldsNothing gate = new();

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task A_bare_server_whose_partner_has_all_opens_it() => await pair.Cluster().OpensAsync(gate, "nothing mounted");

    [Fact]
    public async Task So_does_one_whose_partner_is_away_since_it_answers_for_itself() => Assert.True((await GatePair.AskAsync(gate, pair.Unreachable)).IsOpen);

    [Fact]
    public async Task A_member_that_runs_nothing_opens_it()
    {
        pair.Host.Says("crm_mon", GatePair.Status("2.1.5-standby.xml")).Program("crm_node", "echo mds1.lab.test");

        await pair.OpensAsync(gate, "holds nothing");
    }

    [Fact]
    public async Task Resources_and_the_lead_close_it()
    {
        pair.Host.Says("crm_mon", GatePair.Status("2.1.5-healthy.xml")).Program("crm_node", "echo mds1.lab.test");
        await pair.RefusesAsync(gate, "mds1.lab.test runs st-fencing, MGS_869a22: 'pcs node standby mds1.lab.test'");

        pair.Host.Says("crm_mon", GatePair.Status("2.1.5-standby.xml").Replace("is_dc=\"false\"", "is_dc=\"true\"", StringComparison.Ordinal));
        await pair.RefusesAsync(gate, "leads the cluster");
    }

    [Fact]
    public async Task A_cluster_that_runs_but_does_not_answer_closes_it()
    {
        pair.Host.File("/proc/77/stat", "77 (pacemaker-based) S 1");

        await pair.RefusesAsync(gate, "pacemaker-based runs on mds1");
    }

    [Fact]
    public async Task Corosync_alone_holds_nothing()
    {
        pair.Cluster().Host.File("/proc/77/stat", "77 (corosync) S 1\n");
        await pair.OpensAsync(gate, "no Pacemaker runs on mds1");

        pair.Host.File("/proc/78/stat", "78 (pacemakerd) S 1\n");
        await pair.RefusesAsync(gate, "pacemakerd runs on mds1");
    }

    [Fact]
    public async Task A_server_that_the_cluster_fears_closes_it() =>
        await pair.Cluster(change: text => text.Replace("online=\"false\" standby=\"false\" standby_onfail=\"false\" maintenance=\"false\" pending=\"false\" unclean=\"false\"", "online=\"false\" unclean=\"true\"", StringComparison.Ordinal))
            .RefusesAsync(gate, "unclean");

    [Fact]
    public async Task A_cluster_in_which_nobody_knows_the_server_closes_it() =>
        await pair.Cluster(change: text => text.Replace("mds1.lab.test", "meta-one", StringComparison.Ordinal)).RefusesAsync(gate, "nobody can tell which of them is mds1");

    [Theory]
    [InlineData("/dev/mapper/mpatha /mnt/MGS lustre ro 0 0", "/mnt/MGS")]
    [InlineData("/dev/mapper/mpatha /mnt/MGS lustre_tgt ro 0 0", "/mnt/MGS")]
    [InlineData("/dev/dm-1 /somewhere ext4 rw 0 0", "/somewhere")]
    [InlineData("/dev/other /mnt/demo-MDT0000 ext4 rw 0 0", "/mnt/demo-MDT0000")]
    public async Task A_target_that_is_mounted_closes_it_by_its_type_device_or_folder(string line, string place)
    {
        pair.Wanted.Add(new LustreFacts { Mounts = [new LustreMount("/dev/mapper/mpathb", "/mnt/demo-MDT0000") { Target = "demo-MDT0000" }] });
        pair.Host.File("/dev/dm-1", "").File("/proc/mounts", $"proc /proc proc rw 0 0\n{line}\n");
        Directory.CreateDirectory(pair.Host.Path("/dev/mapper"));
        File.CreateSymbolicLink(pair.Host.Path("/dev/mapper/mpathb"), "../dm-1");

        await pair.RefusesAsync(gate, $"still holds mounted {place}");
    }

    [Fact]
    public async Task A_clients_mount_is_no_target()
    {
        pair.Host.File("/proc/mounts", "10.0.0.1@tcp:/demo /mnt/demo lustre rw 0 0\n");

        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task A_pool_of_the_servers_own_that_is_imported_closes_it()
    {
        pair.Wanted.Add(new ZfsFacts { Pools = [new ZfsPool { Name = "mdt0" }] });
        pair.Host.File("/dev/zfs", "").Says("zpool", "rpool\n");
        await pair.OpensAsync(gate);

        pair.Host.Says("zpool", "rpool\nmdt0\n");
        await pair.RefusesAsync(gate, "pool mdt0");
    }
}
