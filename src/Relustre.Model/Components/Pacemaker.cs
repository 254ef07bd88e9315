using Relustre.Facts;

namespace Relustre.Components;

/// <summary>
/// What the cluster runs and where: the CIB of the running cluster, or the one on disk when it is down, and the keys by which
/// nodes and pcs trust each other. The CIB belongs to the pair: each node's snapshot has one, and they may disagree.
/// </summary>
internal sealed class Pacemaker() : Component("pacemaker", RestoreStage.Resources)
{
    public const string LiveCib = "cib.xml";

    // A cluster that is stopped has nothing to say, and its CIB is on disk. Corosync holds its lock on this file while it runs.
    private const string OrStopped = " || [ ! -e /var/run/corosync.pid ]";

    public override IReadOnlyList<Source> Sources =>
    [
        // It holds the passwords of BMCs and power switches.
        new Source.Tool(LiveCib, "cibadmin --query" + OrStopped) { Format = Format.Cib, IsSecret = true, Expecting = "<cib" },
        SecretFile("/var/lib/pacemaker/cib/cib.xml", Format.Cib),
        SecretFile("/var/lib/pacemaker/cib/cib.xml.sig"),
        SecretFile("/var/lib/heartbeat/crm/cib.xml", Format.Cib),
        SecretFile("/var/lib/heartbeat/crm/cib.xml.sig"),
        SecretFile("/etc/pacemaker/authkey"),
        new Source.Files("/etc/pacemaker/**") { Except = ["/etc/pacemaker/authkey"] },
        SecretFile("/etc/booth/**"),
        File("/etc/sysconfig/pacemaker", Format.Assignments),
        File("/etc/sysconfig/pcsd", Format.Assignments),
        File("/etc/sysconfig/sbd", Format.Assignments),
        File("/etc/default/pacemaker", Format.Assignments),
        File("/etc/default/pcsd", Format.Assignments),
        File("/etc/default/sbd", Format.Assignments),
        // Tokens, settings, certificate and key: without them both nodes must be authenticated again.
        SecretFile("/var/lib/pcsd/**"),
        SecretFile("/root/.pcs/**"),
        new Source.Tool("nodes.txt", "crm_node -l" + OrStopped) { Filter = "LC_ALL=C sort" },
        new Source.Tool("resource-agents.txt", @"find /usr/lib -path '/usr/lib/*' ! -path '/usr/lib/ocf*' -prune -o -path '*/resource.d/*/*' -printf '%P\n'")
        {
            Filter = "LC_ALL=C sort",
        },
        new Source.Tool("fence-agents.txt", @"find /usr/sbin/ -maxdepth 1 -name 'fence_*' -printf '%f\n'") { Filter = "LC_ALL=C sort" },
        // The partner fences this node at this address. A machine that has no BMC has nothing to say.
        new Source.Tool("bmc.txt", @"find /dev -maxdepth 1 -name 'ipmi[0-9]*' -exec ipmitool lan print \;")
        {
            Needs = "ipmitool",
            Filter = "awk 'tolower($0) !~ /community|passw/'",
        },
    ];

    /// <summary>Of several copies of the CIB only the newest counts; of its settings only the passwords are secret.</summary>
    public override IEnumerable<Setting> Read(ComponentState state) =>
    [
        .. base.Read(state with
        {
            Files = [.. state.Files.Where(file => !CibReading.IsCib(file))],
            Tools = [.. state.Tools.Where(tool => tool.Name != LiveCib)],
        }),
        .. CibReading.Newest(state) is { } cib ? Format.Cib.Read(cib.Text).Select(setting => setting with { Key = $"cib: {setting.Key}" }) : [],
    ];

    public override ComponentFacts? Facts(ComponentState state) => CibReading.Facts(state);
}
