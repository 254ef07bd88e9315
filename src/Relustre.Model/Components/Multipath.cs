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
        File("/etc/multipath/wwids", Format.Items),
        File("/etc/multipath/prkeys", Format.Lines),
        File("/var/lib/multipath/bindings", Format.Lines),
        File("/etc/sysconfig/multipathd", Format.Assignments),
        // Without its daemon, and so without maps, it complains of a driver that nobody loaded.
        Tool("maps.txt", "multipath -ll || [ ! -e /var/run/multipathd.pid ]", Format.MultipathMaps),
        // Which device is which LUN and carries which label. EL6's lsblk cannot tell, udev's links can, and they need no disk to answer.
        new Source.Tool("devices.txt", @"find /dev -xdev \( -path '/dev/disk/*' -o -path '/dev/mapper/*' \) -type l -printf '%p %l\n'")
        {
            Format = Format.DeviceLinks,
            Filter = "LC_ALL=C sort",
        },
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "the nodes of a pair must see the same LUNs by the same names";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("*/bindings: *", Risk.DataAtRisk, "the store and the CIB name targets by alias: an alias of another LUN mounts another target, or formats over it", KeyMeaning.Shared),
        Risky("*multipath(*alias", Risk.DataAtRisk, "the store and the CIB name targets by alias: an alias of another LUN mounts another target, or formats over it", KeyMeaning.Shared),
        Risky("*user_friendly_names", Risk.DataAtRisk, "with other names every target's device is another one", KeyMeaning.Shared),
        Risky("maps.txt: * wwid", Risk.DataAtRisk, "this name is another LUN than it was", KeyMeaning.Shared),
        Risky("maps.txt: * size", Risk.DataAtRisk, "this LUN has another size than it had", KeyMeaning.Shared),
        Risky("maps.txt: * paths *", Risk.FailoverAtRisk, "a path to this LUN was lost or came back", KeyMeaning.PerHost),
        Risky("maps.txt: *", Risk.FailoverAtRisk, "this LUN is handled differently", KeyMeaning.Shared),
        Risky("devices.txt: /dev/disk/by-path/*", Risk.Config, "a disk is connected elsewhere, or not at all", KeyMeaning.PerHost),
        Risky("devices.txt: /dev/disk/by-label/*", Risk.DataAtRisk, "the target of this label is on another LUN, or cannot be seen by this node", KeyMeaning.Shared),
        Risky("devices.txt: *mpath*", Risk.FailoverAtRisk, "a LUN that this node cannot see is a target that it cannot take over", KeyMeaning.Shared),
        Risky("devices.txt: *", Risk.Config, "a disk is there that was not, or is missing", KeyMeaning.PerHost),
        Risky("/etc/multipath/prkeys*", Risk.DataAtRisk, "reservations keep the other node from writing to a LUN", KeyMeaning.Shared),
        Risky("/etc/multipath/wwids: *", Risk.FailoverAtRisk, "a LUN whose id is not listed gets no map at boot", KeyMeaning.Shared),
    ];

    protected override IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) =>
        [UnitSteps.Reload(context.Platform, "multipathd")];

    public override ComponentFacts? Facts(ComponentState state) => MultipathReading.Facts(state);
}
