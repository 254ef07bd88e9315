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
        new Source.Files("/etc/lustre/**") { Except = ["/etc/lustre/skc/*", "/etc/lustre/keys/*"] },
        File("/etc/sysconfig/lustre", Format.Assignments),
        File("/etc/sysconfig/lsvcgss", Format.Assignments),
        Tool("version.txt", "lctl get_param -n version" + OrNotLoaded),
        new Source.Tool("mounts.txt", "mount -t lustre") { Filter = "LC_ALL=C sort" },
        // Without the numbers, which change by themselves.
        new Source.Tool("devices.txt", "lctl device_list" + OrNotLoaded) { Filter = "awk '{print $2, $3, $4, $5}'" },
    ];

    public override ComponentFacts? Facts(ComponentState state) => LustreReading.Facts(state);
}
