using Relustre.Facts;

namespace Relustre.Components;

/// <summary>InfiniBand, RoCE and Omni-Path: the stack's own configuration and the subnet manager's, and which adapters there are.</summary>
internal sealed class Rdma() : Component("rdma", RestoreStage.Network)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/rdma/**", Format.Options),
        File("/etc/infiniband/**", Format.Options),
        File("/etc/opensm/**", Format.Options),
        File("/etc/opa/**", Format.Options),
        File("/etc/opa-fm/**", Format.Options),
        File("/etc/sysconfig/opensm", Format.Assignments),
        File("/etc/sysconfig/opafm.xml", Format.XmlText),
        File("/etc/sysconfig/rdma", Format.Assignments),
        File("/etc/default/opensm", Format.Assignments),
        // A server that has the tools and no adapter has nothing to say, which is no failure.
        new Source.Tool("ibstat.txt", @"find /sys/class -maxdepth 1 -name infiniband -exec ibstat \;") { Format = Format.Outline, Needs = "ibstat" },
        new Source.Tool("devices.txt", @"find /sys/class -maxdepth 1 -name infiniband -exec ibv_devinfo \;") { Format = Format.Outline, Needs = "ibv_devinfo" },
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "LNet's o2ib networks run on these adapters";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        // The subnet manager deals these out.
        Noise("*: *lid"),
        Noise("*: *LMC"),
        Risky("*GUID*", Risk.RecoveryAtRisk, "another adapter is in the server", KeyMeaning.Unique),
        Risky("*guid*", Risk.RecoveryAtRisk, "another adapter is in the server", KeyMeaning.Unique),
        Risky("*irmware*", Risk.Config, "the adapter runs another firmware", KeyMeaning.Shared),
        Risky("*fw_ver*", Risk.Config, "the adapter runs another firmware", KeyMeaning.Shared),
        Risky("*tate*", Risk.FailoverAtRisk, "a port is down, or was", KeyMeaning.PerHost),
        Risky("/etc/*", Risk.FailoverAtRisk, "the fabric is set up differently", KeyMeaning.Shared),
    ];

    public override ComponentFacts? Facts(ComponentState state) => RdmaReading.Facts(state);
}
