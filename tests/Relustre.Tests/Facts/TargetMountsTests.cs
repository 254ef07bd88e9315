using Relustre.Facts;

namespace Relustre.Tests.Facts;

public class TargetMountsTests
{
    [Theory]
    [InlineData("iml-2.0-el6", "/mnt/MGS")]
    [InlineData("iml-2.4-el6", "/mnt/MGS /mnt/demo-MDT0000")]
    [InlineData("iml-4.0-el7", "/mnt/MGS /mnt/demo-MDT0000")]
    [InlineData("iml-6.3-el7", "/mnt/fs-OST0000 /mnt/fs-OST0001")]
    [InlineData("pcs-el8", "/mnt/lustre/mdt0 /mnt/lustre/mdt1")]
    [InlineData("pcs-el9", "/mnt/lustre/mdt0 /mnt/lustre/mdt1 /mnt/lustre/ost0")]
    public void The_folders_of_all_targets_are_known_in_every_era(string era, string folders) =>
        Assert.Equal(folders.Split(' '), TargetMounts.Folders(TargetMounts.Of(Facts(era))));

    [Fact]
    public void Sources_that_disagree_are_told_apart()
    {
        var fstab = new FileSystemLayoutFacts
        {
            FileSystems = [new("/dev/mapper/mgt", "/mnt/a b", "lustre", "noauto"), new("10.0.0.1@tcp:/lfs", "/lustre", "lustre", "_netdev"), new("/dev/sda1", "/", "xfs", "")],
            Disks = [],
            Partitions = [],
            PhysicalVolumes = [],
            VolumeGroups = [],
            LogicalVolumes = [],
            Raids = [],
        };

        var mounts = TargetMounts.Of([.. Facts("pcs-el8"), fstab]);

        Assert.Equal(["cib", "ldev", "mounted", "fstab"], mounts.Select(mount => mount.From).Distinct());
        Assert.Contains(new() { From = "cib", Target = "mdt1", Device = "mdt1/mdt1", MountPoint = "/mnt/lustre/mdt1" }, mounts);
        Assert.Contains(new() { From = "ldev", Target = "lfs-MDT0001", Device = "mdt1/mdt1" }, mounts);
        Assert.Contains(new() { From = "mounted", Target = "lfs-MDT0000", Device = "/dev/mapper/mdt0", MountPoint = "/mnt/lustre/mdt0" }, mounts);
        Assert.Equal(new() { From = "fstab", Device = "/dev/mapper/mgt", MountPoint = "/mnt/a b" }, mounts[^1]);
    }

    private static IEnumerable<ComponentFacts> Facts(string era) =>
        from name in (string[])["chroma-agent", "pacemaker", "lustre"]
        where RecordedHost.Names.Contains($"{name}/{era}")
        let host = RecordedHost.Open($"{name}/{era}")
        let facts = host.Component.Facts(host.State)
        where facts is not null
        select facts;
}
