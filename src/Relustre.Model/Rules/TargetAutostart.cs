using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Something other than the cluster that mounts targets or imports their pools when the server boots.</summary>
internal sealed class TargetAutostart() : ServerRule("target-autostart", "services", Risk.DataAtRisk)
{
    private static readonly string[] pools = ["zfs-import-scan.service", "zfs-import-cache.service", "zfs-mount.service", "zfs.target"];

    public override string Why => "a node that comes back from a fencing must ask the cluster first: what starts a target at boot starts it though the partner serves it";

    public override string Source => "IML switches off zfs.target, zfs-import-scan, zfs-import-cache and zfs-mount; it leaves Corosync and Pacemaker on, as they do ask";

    public override string NextStep => "disable the unit ('systemctl disable', 'chkconfig SERVICE off'), or give the fstab line the option noauto";

    public override IReadOnlyList<string> Facts => ["services", "file-system-layout", .. ZfsUse.Facts];

    public override IEnumerable<Finding> Check(ServerView server) =>
        server.Fact<PacemakerFacts>()?.Targets.Any() == true ? [.. Pools(server), .. LustreService(server), .. Mounts(server)] : [];

    private IEnumerable<Finding> Pools(ServerView server) =>
        from unit in ZfsUse.IsOn(server) ? server.Fact<ServicesFacts>()?.Units ?? [] : []
        where unit.State == "enabled" && pools.Contains(unit.Name)
        select Found(server, unit.Name, "disabled", unit.State) with { Risk = unit.Name.StartsWith("zfs-import", StringComparison.Ordinal) ? Risk : Risk.Config };

    // It mounts everything that ldev.conf gives to this server.
    private IEnumerable<Finding> LustreService(ServerView server)
    {
        var services = server.Fact<ServicesFacts>();
        var isOn = services?.Units.Any(unit => unit is { Name: "lustre.service", State: "enabled" }) == true
            || services?.SysV.Any(service => service is { Name: "lustre", Levels.Length: > 0 }) == true;
        if (isOn && server.Fact<LustreFacts>() is { Ldev.Count: > 0 })
            yield return Found(server, "lustre", "off, as /etc/ldev.conf lists targets of the cluster", "on");
    }

    private IEnumerable<Finding> Mounts(ServerView server) =>
        from system in server.Fact<FileSystemLayoutFacts>()?.FileSystems ?? []
        where system.Type is "lustre" or "lustre_tgt" && !system.Device.Contains(":/", StringComparison.Ordinal) && !system.Options.Split(',').Contains("noauto")
        select Found(server, $"/etc/fstab: {system.MountPoint}", "noauto", system.Options);
}
