using Relustre.Facts;

namespace Relustre.Components;

/// <summary>Lustre itself: which targets a server may serve, which it serves, and of which version it is.</summary>
internal sealed class Lustre() : Component("lustre", RestoreStage.Resources)
{
    // A standby server loads Lustre when it mounts its first target.
    private const string OrNotLoaded = " || [ ! -e /dev/obd ]";

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/ldev.conf", Format.Ldev),
        SecretFile("/etc/lustre/skc/**"),
        SecretFile("/etc/lustre/keys/**"),
        new Source.Files("/etc/lustre/**") { Format = Format.Script, Except = ["/etc/lustre/skc/*", "/etc/lustre/keys/*"] },
        File("/etc/sysconfig/lustre", Format.Assignments),
        File("/etc/sysconfig/lsvcgss", Format.Assignments),
        Tool("version.txt", "lctl get_param -n version" + OrNotLoaded, Format.LustreVersion),
        new Source.Tool("mounts.txt", "mount -t lustre") { Format = Format.LustreMounts, Filter = "LC_ALL=C sort" },
        // Without the numbers, which change by themselves.
        new Source.Tool("devices.txt", "lctl device_list" + OrNotLoaded) { Format = Format.LustreDevices, Filter = "awk '{print $2, $3, $4, $5}'" },
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "a target is found and started by what stands here";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        // A target is where Pacemaker put it, which a failover changes and nobody configured.
        Risky("mounts.txt*", Risk.Cosmetic, "which targets are mounted here just now is Pacemaker's decision", KeyMeaning.PerHost),
        Risky("devices.txt*", Risk.Cosmetic, "which targets are active here just now is Pacemaker's decision", KeyMeaning.PerHost),
        Risky("version.txt*", Risk.RecoveryAtRisk, "another version of Lustre runs: nodes of a pair must mount each other's targets", KeyMeaning.Shared),
        Risky("/etc/ldev.conf: *", Risk.FailoverAtRisk, "ldev.conf tells both nodes which device is which target", KeyMeaning.Shared),
        Risky("/etc/lustre/skc*", Risk.Security, "with another key no peer is let in", KeyMeaning.Shared),
        Risky("/etc/lustre/keys*", Risk.Security, "with another key no peer is let in", KeyMeaning.Shared),
        Risky("/etc/sysconfig/*", Risk.Config, "Lustre's services are started with other options", KeyMeaning.Shared),
    ];

    public override ComponentFacts? Facts(ComponentState state) => LustreReading.Facts(state);
}
