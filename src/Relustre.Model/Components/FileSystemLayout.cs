using Relustre.Facts;
using Relustre.Formats;
using Relustre.Steps;

namespace Relustre.Components;

/// <summary>The server's own disks: partitions, volume groups, RAID, what is mounted where. Targets on shared storage are not its subject.</summary>
internal sealed class FileSystemLayout() : Component("file-system-layout", RestoreStage.Resources)
{
    // EL6 knows fewer columns, and refuses them all for one that it does not know.
    private const string Lsblk =
        "lsblk -P -b -o NAME,KNAME,TYPE,SIZE,FSTYPE,LABEL,UUID,MODEL,SERIAL,WWN,PKNAME 2>/dev/null || lsblk -P -b -o NAME,KNAME,TYPE,SIZE,FSTYPE,LABEL,UUID,MODEL";

    // Only disks that have partitions: a Lustre target has none, and there may be hundreds.
    private const string PartitionTables =
        "for disk in /sys/block/*; do set -- \"$disk\"/*/partition; [ ! -e \"$1\" ] || sfdisk -d \"/dev/${disk##*/}\"; done";

    private const string Partitions =
        "for file in /sys/class/block/*/partition; do dir=${file%/partition}; [ ! -e \"$file\" ] || "
        + "{ read -r number <\"$file\"; read -r start <\"$dir/start\"; read -r size <\"$dir/size\"; "
        + "echo \"${dir##*/} number=$number start=$start size=$size\"; }; done";

    private static readonly string[] OfThisDisk =
        ["/etc/crypttab", "/etc/cryptsetup-keys.d/", "/etc/mdadm", "/etc/lvm/backup/", "/etc/lvm/devices/"];

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/fstab", Format.Fstab),
        File("/etc/crypttab", Format.Lines),
        SecretFile("/etc/cryptsetup-keys.d/*"),
        File("/etc/mdadm.conf", Format.Lines),
        File("/etc/mdadm/mdadm.conf", Format.Lines),
        File("/etc/lvm/lvm.conf", Format.Nested),
        File("/etc/lvm/lvmlocal.conf", Format.Nested),
        File("/etc/lvm/profile/*", Format.Nested),
        File("/etc/lvm/backup/*", Format.Nested),
        File("/etc/lvm/devices/system.devices", Format.LvmDevices),
        File("/etc/exports", Format.Lines),
        File("/etc/exports.d/*", Format.Lines),
        File("/etc/auto.*", Format.Lines),
        File("/etc/auto.master.d/*", Format.Lines),
        File("/etc/autofs.conf", Format.Sections),
        // Mounts of local and network file systems; a target moves between nodes, and MountPoints tells of it.
        Tool("mounts", "cat /proc/mounts", Format.Fstab)
            with { Filter = "awk '$3 ~ /^(ext[234]|xfs|btrfs|vfat|nfs4?|cifs|gpfs)$/' | sort" },
        Tool("swaps", "cat /proc/swaps", Format.Lines) with { Filter = "awk 'NR > 1 { print $1, $2 }' | sort" },
        Tool("lsblk", Lsblk, Format.BlockDevices) with { Filter = "sort" },
        Tool("blkid", "blkid -c /dev/null || [ $? -eq 2 ]", Format.BlockDevices) with { Filter = "sort" },
        Tool("partition-tables", PartitionTables, Format.PartitionTables) with { Needs = "sfdisk" },
        Tool("partitions", Partitions, Format.Lines) with { Needs = "cat" },
        Tool("physical-volumes", "pvs --noheadings --units b -o pv_name,vg_name,pv_size,pv_uuid", Format.Lines) with { Filter = "sort" },
        Tool("volume-groups", "vgs --noheadings --units b -o vg_name,vg_size,vg_extent_size,vg_uuid", Format.Lines) with { Filter = "sort" },
        Tool("logical-volumes", "lvs --noheadings --units b -o lv_name,vg_name,lv_size,segtype,lv_uuid", Format.Lines) with { Filter = "sort" },
        Tool("raids", "mdadm --detail --scan", Format.Lines) with { Needs = "mdadm /proc/mdstat", Filter = "sort" },
    ];

    public override Risk Risk => Risk.RecoveryAtRisk;

    public override string Why => "a rebuilt server gets its disks as this describes them";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        // LVM writes these with every change, and the change itself is told beside them.
        Noise("/etc/lvm/backup/*: creation_*"),
        Noise("/etc/lvm/backup/*: description"),
        Noise("/etc/lvm/backup/*seqno"),
        Noise("/etc/lvm/backup/*creation_time"),
        Noise("/etc/lvm/backup/*creation_host"),
        Noise("/etc/lvm/backup/*.device"),
        Noise("/etc/lvm/devices/system.devices: VERSION"),
        Risky("*/lvm.conf: *filter*", Risk.DataAtRisk, "without this filter LVM may take a target on shared storage for its own", KeyMeaning.Shared),
        Risky("*/lvm.conf: *auto_activation*", Risk.DataAtRisk, "volumes that activate by themselves may be active on both nodes", KeyMeaning.Shared),
        Risky("*/lvm.conf*", Risk.Config, "LVM handles the server's volumes differently", KeyMeaning.Shared),
        Risky("/etc/fstab: /mnt*", Risk.Config, "a mount by the boot competes with Pacemaker, which mounts the targets"),
        Risky("/etc/exports*", Risk.Security, "other hosts may reach files of this server"),
        Risky("/etc/auto*", Risk.Config, "other file systems are mounted on demand", KeyMeaning.Shared),
        Risky("swaps: *", Risk.Config, "the server swaps elsewhere, or not at all"),
        Risky("lsblk: *", Risk.Config, "another disk, or a path to one, is there or is missing"),
        Risky("blkid: *", Risk.Config, "another file system, or a path to one, is there or is missing"),
    ];

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) => FileSystemTable.OnThisDisk(wanted, found);

    public override IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context) =>
        from point in FileSystemTable.Lost(wanted.Text(FileSystemTable.Path) ?? "", found.Text(FileSystemTable.Path) ?? "")
        select $"{point} was a file system of the server's own disk: make it and its line in {FileSystemTable.Path} yourself, if it is still needed";

    // What describes the old disk is not written onto the new one.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context)
    {
        var changes = FileChanges.Of(wanted, found, [.. differences.Where(difference => !OfThisDisk.Any(place => difference.Key.StartsWith(place, StringComparison.Ordinal)))]).ToList();
        var points = changes.OfType<WriteFile>().Where(write => write.File.Path == FileSystemTable.Path)
            .SelectMany(write => FileSystemTable.MountPoints(write.File.Text)).Distinct().Order(StringComparer.Ordinal).ToList();
        return points.Count == 0 ? changes : [.. changes, new RunTool("make the folders on which fstab mounts other systems' files", new(["mkdir", "-p", "--", .. points]))];
    }

    public override ComponentFacts? Facts(ComponentState state) => state is { Files: [], Tools: [] } ? null : new FileSystemLayoutFacts
    {
        FileSystems = [.. Lines.Rows(state.Text("/etc/fstab") ?? "").Where(row => row.Length > 2).Select(FileSystemIn)],
        Disks = [.. Rows(state, "lsblk").Select(DiskIn)],
        Partitions = [.. (state.Said("partitions") ?? "").TrimmedLines.Select(PartitionIn)],
        PhysicalVolumes = [.. Rows(state, "physical-volumes").Select(line => line.Words).Select(VolumeIn)],
        VolumeGroups = [.. Rows(state, "volume-groups").Select(line => line.Words).Select(words => words[0])],
        LogicalVolumes = [.. Rows(state, "logical-volumes").Select(line => line.Words).Select(VolumeIn)],
        Raids = [.. Rows(state, "raids").Where(line => line.StartsWith("ARRAY ", StringComparison.Ordinal))],
    };

    private static IEnumerable<string> Rows(ComponentState state, string tool) => (state.Said(tool) ?? "").TrimmedLines;

    private static FileSystemLayoutFacts.FileSystem FileSystemIn(string[] row) =>
        new(row[0].Contains("://", StringComparison.Ordinal) ? SecretText.WithoutUserInfo(row[0]) : row[0], row[1], row[2], SecretText.WithoutSecretOptions(row.ElementAtOrDefault(3) ?? "defaults"));

    private static FileSystemLayoutFacts.Disk DiskIn(string line)
    {
        var pairs = Pairs.In(line);
        return new FileSystemLayoutFacts.Disk
        {
            Name = pairs.Last("NAME") ?? "",
            Type = pairs.Last("TYPE"),
            Bytes = long.TryParse(pairs.Last("SIZE"), out var bytes) ? bytes : null,
            FileSystem = pairs.Last("FSTYPE"),
            Label = pairs.Last("LABEL"),
            Uuid = pairs.Last("UUID"),
            Model = pairs.Last("MODEL")?.Trim(),
            Serial = pairs.Last("SERIAL"),
            Wwn = pairs.Last("WWN"),
            Parent = pairs.Last("PKNAME"),
        };
    }

    private static FileSystemLayoutFacts.Partition PartitionIn(string line)
    {
        var pairs = Pairs.In(line);
        return new FileSystemLayoutFacts.Partition(line.Words[0], Number(pairs, "number"), Number(pairs, "start"), Number(pairs, "size"));
    }

    private static long Number(IReadOnlyList<Setting> pairs, string key) => long.TryParse(pairs.Last(key), out var number) ? number : 0;

    private static FileSystemLayoutFacts.Volume VolumeIn(string[] words) =>
        new(words[0], words.ElementAtOrDefault(1), long.TryParse(words.ElementAtOrDefault(2)?.TrimEnd('B'), out var bytes) ? bytes : null);
}
