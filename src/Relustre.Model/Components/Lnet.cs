using Relustre.Facts;

namespace Relustre.Components;

/// <summary>Lustre's network: IML puts it into a modprobe.d file, everybody else into lnet.conf or modprobe.d.</summary>
internal sealed class Lnet() : Component("lnet", RestoreStage.Lnet)
{
    // Where the module is not loaded there is nothing to say. Where it is, an LNet that does not answer is worth knowing.
    private const string OrNotLoaded = " || [ ! -e /dev/lnet ]";

    public override IReadOnlyList<Source> Sources =>
    [
        // Routes and tuning lie in files beside IML's, with any name.
        File("/etc/modprobe.d/*", Format.ModprobeOptions),
        File("/etc/modprobe.conf", Format.ModprobeOptions),
        File("/etc/lnet.conf", Format.LnetYaml),
        File("/etc/lnet.conf.d/**", Format.LnetYaml),
        File("/etc/lnet_routes.conf", Format.Lines),
        File("/etc/sysconfig/lnet", Format.Assignments),
        File("/etc/sysconfig/lnet_routes", Format.Assignments),
        // Lustre 2.10 does not know --backup and says nothing; "net" and "routes" are what it can tell.
        Tool("export.yaml", "lnetctl export --backup" + OrNotLoaded, Format.LnetYaml),
        Tool("net.yaml", "lnetctl net show" + OrNotLoaded, Format.LnetYaml),
        Tool("routes.yaml", "lnetctl route show" + OrNotLoaded, Format.LnetYaml),
        Tool("nids.txt", "lctl list_nids" + OrNotLoaded, Format.Nids),
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "clients and servers reach each other by LNet's networks: a server whose NIDs change needs a writeconf with the file system down";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("*options lnet.networks", Risk.FailoverAtRisk, "the targets were formatted for these networks: another NID needs a writeconf with the file system down", KeyMeaning.Shared),
        Risky("*options lnet.ip2nets", Risk.FailoverAtRisk, "the targets were formatted for these networks: another NID needs a writeconf with the file system down", KeyMeaning.Shared),
        Risky("*options lnet.routes", Risk.FailoverAtRisk, "servers behind a router are reached by these routes", KeyMeaning.Shared),
        // What the agent notes of the moment: loaded or not, and this node's addresses.
        Risky("*iml.state", Risk.Cosmetic, "IML's agent notes here whether LNet was loaded", KeyMeaning.PerHost),
        Risky("*iml.*", Risk.Config, "IML's agent reads its own notes again and may write the networks anew", KeyMeaning.PerHost),
        Risky("nids.txt: *", Risk.FailoverAtRisk, "peers and clients know this server by its NIDs", KeyMeaning.Unique),
        Risky("*.yaml: *status", Risk.FailoverAtRisk, "an interface of LNet is down, or was", KeyMeaning.PerHost),
        Noise("*.yaml: *statistics*"),
        Noise("*.yaml: *send_count"),
        Noise("*.yaml: *recv_count"),
        Noise("*.yaml: *drop_count"),
        Risky("*.yaml: *", Risk.FailoverAtRisk, "LNet runs with other networks, routes or credits than it did", KeyMeaning.PerHost),
        Risky("/etc/lnet.conf*nid*", Risk.FailoverAtRisk, "peers and clients know this server by its NIDs", KeyMeaning.PerHost),
        Risky("/etc/modprobe.d/*: options lnet.*", Risk.Config, "LNet is tuned differently", KeyMeaning.Shared),
        Risky("/etc/modprobe.d/*: options ko2iblnd*", Risk.FailoverAtRisk, "nodes whose ko2iblnd differ may refuse each other's connections", KeyMeaning.Shared),
        Risky("/etc/modprobe.d/*: options ksocklnd*", Risk.Config, "LNet is tuned differently", KeyMeaning.Shared),
        Risky("/etc/modprobe.d/*", Risk.Config, "modules of the kernel are loaded with other parameters"),
        Risky("/etc/modprobe.conf*", Risk.Config, "modules of the kernel are loaded with other parameters"),
    ];

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) =>
        NicNames.Of(context).In(wanted, _ => true);

    public override ComponentFacts? Facts(ComponentState state) => LnetReading.Facts(state);
}
