using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>Every target's disk must be the one that it was, and the server the host that it was.</summary>
public sealed class TargetsVisibleTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly TargetsVisible gate = new();

    public TargetsVisibleTests()
    {
        pair.Wanted.Clear();
        pair.Wanted.AddRange([
            new SystemFacts { HostName = "mds1.lab.test", HostId = "2d51819f", HostIdIsFixed = true },
            new MultipathFacts
            {
                Aliases = [new("mpatha", "3600a01"), new("mpathb", "3600a02")],
                Devices = [new BlockDevice { Kernel = "dm-0", Names = ["mpatha"], Wwid = "3600a01", Ids = ["dm-uuid-mpath-3600a01", "scsi-3600a01"] }],
            },
            new LustreFacts
            {
                Ldev =
                [
                    new LdevEntry { Local = "mds1", Foreign = "mds2", Label = "MGS", Device = "/dev/mapper/mpatha" },
                    new LdevEntry { Local = "mds2", Foreign = "mds1", Label = "demo-MDT0000", Device = "/dev/mapper/mpathb" },
                    new LdevEntry { Local = "oss1", Foreign = "oss2", Label = "demo-OST0000", Device = "/dev/mapper/mpathq" },
                ],
            },
        ]);
        HostId(pair.Host, 0x9f, 0x81, 0x51, 0x2d);
        HostId(pair.Partner, 0x01, 0x02, 0x03, 0x04);
        Link("/dev/mapper/mpatha", "dm-1");
        Link("/dev/disk/by-id/dm-uuid-mpath-3600a01", "dm-1");
        Link("/dev/mapper/mpathb", "dm-0");
        Link("/dev/disk/by-id/scsi-3600a02", "dm-0");
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task All_disks_under_their_names_and_the_old_id_open_it() => await pair.OpensAsync(gate, "mds1 sees MGS, demo-MDT0000");

    [Fact]
    public async Task A_disk_that_is_not_visible_closes_it()
    {
        pair.Host.Remove("/dev/disk/by-id/scsi-3600a02").Remove("/dev/mapper/mpathb");

        await pair.RefusesAsync(gate, "the disk of demo-MDT0000 (WWID 3600a02) is not visible");
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_no_disk()
    {
        File.Delete(pair.Host.Path("/dev/dm-0"));

        await pair.RefusesAsync(gate, "the disk of demo-MDT0000 (WWID 3600a02) is not visible");
    }

    [Fact]
    public async Task A_disk_without_its_name_closes_it()
    {
        pair.Host.Remove("/dev/mapper/mpatha");

        await pair.RefusesAsync(gate, "/dev/mapper/mpatha of MGS is not there, though its disk is: restore multipath's bindings");
    }

    [Fact]
    public async Task Names_that_were_swapped_close_it()
    {
        Link("/dev/mapper/mpatha", "dm-0");
        Link("/dev/mapper/mpathb", "dm-1");

        await pair.RefusesAsync(gate, "/dev/mapper/mpatha is another disk than that of MGS (WWID 3600a01)");
        await pair.RefusesAsync(gate, "/dev/mapper/mpathb is another disk than that of demo-MDT0000");
    }

    [Fact]
    public async Task A_kernels_name_may_be_another_one()
    {
        pair.Wanted.RemoveAll(facts => facts is LustreFacts);
        pair.Wanted.Add(new LustreFacts { Mounts = [new LustreMount("/dev/dm-0", "/mnt/MGS") { Target = "MGS" }] });

        await pair.OpensAsync(gate, "mds1 sees MGS");
    }

    [Fact]
    public async Task A_device_that_the_backup_cannot_name_better_must_at_least_be_there()
    {
        pair.Wanted.RemoveAll(facts => facts is MultipathFacts);
        await pair.OpensAsync(gate);

        pair.Host.Remove("/dev/mapper/mpathb");
        await pair.RefusesAsync(gate, "/dev/mapper/mpathb of demo-MDT0000 is not there");
    }

    [Fact]
    public async Task A_target_that_the_agent_only_knows_by_its_uuid_is_called_as_its_folder()
    {
        pair.Wanted.RemoveAll(facts => facts is LustreFacts);
        pair.Wanted.Add(new ChromaAgentFacts
        {
            Era = ImlEra.From30To40,
            HasPrivateKey = true,
            Targets = [new AgentTarget { Uuid = "9a1c3f0e-5b7d-4c2a-8e61-2f4d7b90c3aa", Device = "/dev/mapper/mpatha", MountPoint = "/mnt/MGS" }],
        });

        await pair.OpensAsync(gate, "mds1 sees MGS");
    }

    [Fact]
    public async Task Pools_must_be_seen()
    {
        pair.Wanted.RemoveAll(facts => facts is LustreFacts);
        pair.Wanted.Add(new LustreFacts { Ldev = [new LdevEntry { Local = "mds1", Label = "demo-MDT0000", Device = "mdt0/mdt", IsZfs = true }] });
        await pair.RefusesAsync(gate, "pool mdt0 of demo-MDT0000 is not to be seen");

        pair.Host.Program("zpool", "[ \"$1\" = import ] && printf '   pool: mdt0\\n     id: 1\\n  state: ONLINE\\n'");
        await pair.OpensAsync(gate);
        pair.Host.Program("zpool", "[ \"$1\" = list ] && echo mdt0");
        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task Another_hosts_id_no_id_and_zero_close_it()
    {
        HostId(pair.Host, 1, 1, 1, 1);
        await pair.RefusesAsync(gate, "host id is 01010101, and was 2d51819f");

        pair.Host.Remove("/etc/hostid");
        await pair.RefusesAsync(gate, "host id is none, and was 2d51819f");

        pair.Wanted[0] = new SystemFacts { HostName = "mds1.lab.test" };
        await pair.OpensAsync(gate);
        HostId(pair.Host, 0, 0, 0, 0);
        await pair.RefusesAsync(gate, "is zero");
    }

    [Fact]
    public async Task The_partners_id_closes_it_and_so_does_a_partner_that_does_not_tell_it()
    {
        HostId(pair.Partner, 0x9f, 0x81, 0x51, 0x2d);
        await pair.RefusesAsync(gate, "mds1 and mds2 have the same host id");

        await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");
    }

    private static void HostId(TestServer server, params byte[] id)
    {
        server.Remove("/etc/hostid");
        File.WriteAllBytes(server.Path("/etc/hostid"), id);
    }

    private void Link(string path, string device)
    {
        pair.Host.Remove(path).File($"/dev/{device}", "");
        Directory.CreateDirectory(Path.GetDirectoryName(pair.Host.Path(path))!);
        File.CreateSymbolicLink(pair.Host.Path(path), $"/dev/{device}");
    }
}
