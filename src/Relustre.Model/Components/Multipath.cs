using Relustre.Facts;

namespace Relustre.Components;

/// <summary>The paths to the LUNs and the names that they go by: a target's device may be called /dev/mapper/mpatha on one node only.</summary>
internal sealed class Multipath() : Component("multipath", RestoreStage.Storage)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/multipath.conf", Format.Braces),
        File("/etc/multipath/conf.d/*", Format.Braces),
        File("/etc/multipath/bindings", Format.Lines),
        File("/etc/multipath/wwids", Format.Lines),
        File("/etc/multipath/prkeys", Format.Lines),
        File("/var/lib/multipath/bindings", Format.Lines),
        File("/etc/sysconfig/multipathd", Format.Assignments),
        // Without its daemon, and so without maps, it complains of a driver that nobody loaded.
        Tool("maps.txt", "multipath -ll || [ ! -e /var/run/multipathd.pid ]"),
        // Which device is which LUN and carries which label. EL6's lsblk cannot tell, udev's links can, and they need no disk to answer.
        new Source.Tool("devices.txt", @"find /dev -xdev \( -path '/dev/disk/*' -o -path '/dev/mapper/*' \) -type l -printf '%p %l\n'")
        {
            Filter = "LC_ALL=C sort",
        },
    ];

    public override ComponentFacts? Facts(ComponentState state) => MultipathReading.Facts(state);
}
