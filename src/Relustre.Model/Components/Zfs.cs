using Relustre.Facts;

namespace Relustre.Components;

/// <summary>ZFS pools that hold targets. A server whose host id has changed is told that its pools belong to another system.</summary>
internal sealed class Zfs() : Component("zfs", RestoreStage.Storage)
{
    private static readonly string[] PoolTools = ["pools.txt", "status.txt", "datasets.txt", "local-properties.txt"];

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/zfs/zpool.cache"),
        SecretFile("/etc/zfs/keys/**"),
        File("/etc/zfs/vdev_id.conf", Format.KeyedByTwo),
        File("/etc/zfs/zed.d/zed.rc", Format.Assignments),
        new Source.Files("/etc/zfs/**") { Format = Format.Script, Except = ["/etc/zfs/zpool.cache", "/etc/zfs/keys/*", "/etc/zfs/zfs-list.cache/*"] },
        File("/etc/sysconfig/zfs", Format.Assignments),
        File("/etc/default/zfs", Format.Assignments),
        new Source.Tool("pools.txt", "zpool get -H all")
        {
            Format = Format.Properties,
            Needs = "zpool /dev/zfs",
            // What a pool counts is not how it is set up.
            Filter = "awk -F'\\t' '$2 !~ /^(size|capacity|allocated|free|freeing|leaked|fragmentation|expandsize|dedup.*|load_guid|checkpoint|bclone.*|last_scrubbed.*)$/'",
        },
        new Source.Tool("status.txt", "zpool status")
        {
            Format = Format.ZpoolStatus,
            Needs = "zpool /dev/zfs",
            // Without the scrub's progress and age.
            Filter = "awk '/^ *scan:/ {skip = 1; next} /^ *[a-z]+:/ {skip = 0} !skip'",
        },
        Tool("local-properties.txt", "zfs get -H -t filesystem,volume -o name,property,value -s local,received all", Format.Properties) with { Needs = "zfs /dev/zfs" },
        // A target on ZFS goes by its dataset's guid in IML's store.
        Tool("datasets.txt", "zfs get -H -t filesystem,volume -o name,property,value guid,type,mountpoint,canmount", Format.Properties) with { Needs = "zfs /dev/zfs" },
        Tool("hostid.txt", "hostid", Format.SingleValue),
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "a target on ZFS is served by whichever node imports its pool";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        // ZFS writes it with every import, and the server's host id is told by the system.
        Noise("/etc/zfs/zpool.cache*"),
        Noise("hostid.txt*"),
        Risky("pool *: multihost", Risk.DataAtRisk, "multihost keeps two nodes from importing a pool at once", KeyMeaning.Shared),
        Risky("pool *: cachefile", Risk.DataAtRisk, "a pool in a cache file is imported by the boot, and may be active on both nodes", KeyMeaning.Shared),
        Risky("pool *: feature@*", Risk.Cosmetic, "ZFS makes a feature active when it is first used", KeyMeaning.PerHost),
        Risky("pool *: guid", Risk.DataAtRisk, "this is another pool of the same name", KeyMeaning.PerHost),
        Risky("pool *: health", Risk.DataAtRisk, "a pool without all its devices loses data with the next one", KeyMeaning.PerHost),
        Risky("pool *: status *", Risk.DataAtRisk, "a pool without all its devices loses data with the next one", KeyMeaning.PerHost),
        Risky("pool *: *lustre:*", Risk.FailoverAtRisk, "Lustre keeps a target's parameters in these", KeyMeaning.PerHost),
        Risky("pool *: * guid", Risk.DataAtRisk, "IML's store knows a target by its dataset's guid", KeyMeaning.PerHost),
        Risky("pool *: * canmount", Risk.DataAtRisk, "a dataset of Lustre's that ZFS mounts by itself is not Lustre's any more", KeyMeaning.PerHost),
        Risky("pool *: *", Risk.Config, "the pool is set up differently", KeyMeaning.PerHost),
        // A pool is where Pacemaker put it, which a failover changes and nobody configured.
        Risky("pool*", Risk.Cosmetic, "which pools are imported here just now is Pacemaker's decision", KeyMeaning.PerHost),
        Risky("/etc/zfs/keys*", Risk.DataAtRisk, "without its key a pool cannot be read by anybody", KeyMeaning.Shared),
        Risky("/etc/zfs/vdev_id.conf: *", Risk.FailoverAtRisk, "pools are made of devices by these names", KeyMeaning.PerHost),
    ];

    /// <summary>What tools tell goes by its pool, since a pool comes and goes as a whole.</summary>
    public override IEnumerable<Setting> Read(ComponentState state) =>
        from setting in base.Read(state)
        where setting.Key != "pools.txt: no pools"
        let key = setting.Key.Split(": ", 2) is [var tool, var rest] && PoolTools.Contains(tool) ? InPool(tool, rest) : setting.Key
        select setting with { Key = key, Value = key == setting.Key ? setting.Value : WithoutSource(setting.Value) };

    // A pool is imported by the cluster alone, and one in a cache file by the boot.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        FileChanges.Of(WithoutCache(wanted), WithoutCache(found), differences);

    public override ComponentFacts? Facts(ComponentState state) => ZfsReading.Facts(state);

    private static ComponentState WithoutCache(ComponentState state) => state with { Files = [.. state.Files.Where(file => file.Path != "/etc/zfs/zpool.cache")] };

    // "ost1 ashift" and "ost1/fs-OST0001 canmount".
    private static string InPool(string tool, string key)
    {
        var end = key.AsSpan().IndexOfAny('/', ' ');
        if (end < 0)
            return $"{tool}: {key}";
        var what = key[(end + 1)..];
        return $"pool {key[..end]}: {(tool == "status.txt" ? "status " : tool == "pools.txt" || key[end] == '/' ? "" : "root ")}{what}";
    }

    // Where a pool's property comes from is not what it is.
    private static string WithoutSource(string value) =>
        value.LastIndexOf(' ') is > 0 and var at && value[(at + 1)..] is "-" or "local" or "default" or "received" ? value[..value.LastIndexOf(' ')] : value;
}
