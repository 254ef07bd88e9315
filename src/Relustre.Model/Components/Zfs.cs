using Relustre.Facts;

namespace Relustre.Components;

/// <summary>ZFS pools that hold targets. A server whose host id has changed is told that its pools belong to another system.</summary>
internal sealed class Zfs() : Component("zfs", RestoreStage.Storage)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/zfs/zpool.cache"),
        SecretFile("/etc/zfs/keys/**"),
        new Source.Files("/etc/zfs/**") { Except = ["/etc/zfs/zpool.cache", "/etc/zfs/keys/*", "/etc/zfs/zfs-list.cache/*"] },
        File("/etc/sysconfig/zfs", Format.Assignments),
        File("/etc/default/zfs", Format.Assignments),
        new Source.Tool("pools.txt", "zpool get -H all")
        {
            Needs = "zpool /dev/zfs",
            // What a pool counts is not how it is set up.
            Filter = "awk -F'\\t' '$2 !~ /^(size|capacity|allocated|free|freeing|leaked|fragmentation|expandsize|dedup.*|load_guid|checkpoint|bclone.*|last_scrubbed.*)$/'",
        },
        new Source.Tool("status.txt", "zpool status")
        {
            Needs = "zpool /dev/zfs",
            // Without the scrub's progress and age.
            Filter = "awk '/^ *scan:/ {skip = 1; next} /^ *[a-z]+:/ {skip = 0} !skip'",
        },
        Tool("local-properties.txt", "zfs get -H -t filesystem,volume -o name,property,value -s local,received all") with { Needs = "zfs /dev/zfs" },
        // A target on ZFS goes by its dataset's guid in IML's store.
        Tool("datasets.txt", "zfs get -H -t filesystem,volume -o name,property,value guid,type,mountpoint,canmount") with { Needs = "zfs /dev/zfs" },
        Tool("hostid.txt", "hostid"),
    ];

    public override ComponentFacts? Facts(ComponentState state) => ZfsReading.Facts(state);
}
