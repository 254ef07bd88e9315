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
        File("/etc/lnet_routes.conf"),
        File("/etc/sysconfig/lnet", Format.Assignments),
        File("/etc/sysconfig/lnet_routes", Format.Assignments),
        // Lustre 2.10 does not know --backup and says nothing; "net" and "routes" are what it can tell.
        Tool("export.yaml", "lnetctl export --backup" + OrNotLoaded, Format.LnetYaml),
        Tool("net.yaml", "lnetctl net show" + OrNotLoaded, Format.LnetYaml),
        Tool("routes.yaml", "lnetctl route show" + OrNotLoaded, Format.LnetYaml),
        Tool("nids.txt", "lctl list_nids" + OrNotLoaded),
    ];

    public override ComponentFacts? Facts(ComponentState state) => LnetReading.Facts(state);
}
