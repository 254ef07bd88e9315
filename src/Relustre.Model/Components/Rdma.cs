using Relustre.Facts;

namespace Relustre.Components;

/// <summary>InfiniBand, RoCE and Omni-Path: the stack's own configuration and the subnet manager's, and which adapters there are.</summary>
internal sealed class Rdma() : Component("rdma", RestoreStage.Network)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/rdma/**"),
        File("/etc/infiniband/**"),
        File("/etc/opensm/**"),
        File("/etc/opa/**"),
        File("/etc/opa-fm/**"),
        File("/etc/sysconfig/opensm", Format.Assignments),
        File("/etc/sysconfig/opafm.xml"),
        File("/etc/sysconfig/rdma", Format.Assignments),
        File("/etc/default/opensm", Format.Assignments),
        // A server that has the tools and no adapter has nothing to say, which is no failure.
        new Source.Tool("ibstat.txt", @"find /sys/class -maxdepth 1 -name infiniband -exec ibstat \;") { Needs = "ibstat" },
        new Source.Tool("devices.txt", @"find /sys/class -maxdepth 1 -name infiniband -exec ibv_devinfo \;") { Needs = "ibv_devinfo" },
    ];

    public override ComponentFacts? Facts(ComponentState state) => RdmaReading.Facts(state);
}
