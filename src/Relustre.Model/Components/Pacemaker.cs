using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>
/// What the cluster runs and where: the CIB of the running cluster, or the one on disk when it is down, and the keys by which
/// nodes and pcs trust each other. The CIB belongs to the pair: each node's snapshot has one, and they may disagree.
/// </summary>
internal sealed class Pacemaker() : Component("pacemaker", RestoreStage.Cluster)
{
    public const string LiveCib = "cib.xml";

    private const string AuthKey = "/etc/pacemaker/authkey";

    // A cluster that is stopped has nothing to say, and its CIB is on disk. Corosync holds its lock on this file while it runs. A remote node
    // has no Corosync, and answers all the same.
    private const string OrStopped = " || [ ! -e /var/run/corosync.pid ]";

    // Of several copies of the CIB on one server, what one says is missing may stand in another.
    public override bool ReadsFilesApart => false;

    public override IReadOnlyList<Source> Sources =>
    [
        // It holds the passwords of BMCs and power switches.
        new Source.Tool(LiveCib, "cibadmin --query" + OrStopped) { Format = Format.Cib, IsSecret = true, Expecting = "<cib" },
        SecretFile("/var/lib/pacemaker/cib/cib.xml", Format.Cib),
        SecretFile("/var/lib/pacemaker/cib/cib.xml.sig"),
        SecretFile("/var/lib/heartbeat/crm/cib.xml", Format.Cib),
        SecretFile("/var/lib/heartbeat/crm/cib.xml.sig"),
        SecretFile(AuthKey),
        new Source.Files("/etc/pacemaker/**") { Format = Format.Script, Except = [AuthKey] },
        SecretFile("/etc/booth/**"),
        File("/etc/sysconfig/pacemaker", Format.Assignments),
        File("/etc/sysconfig/pcsd", Format.Assignments),
        File("/etc/sysconfig/sbd", Format.Assignments),
        File("/etc/default/pacemaker", Format.Assignments),
        File("/etc/default/pcsd", Format.Assignments),
        File("/etc/default/sbd", Format.Assignments),
        // Tokens, settings, certificate and key: without them both nodes must be authenticated again.
        File("/var/lib/pcsd/*.crt", Format.Certificate),
        SecretFile("/var/lib/pcsd/tokens", Format.Json),
        SecretFile("/var/lib/pcsd/known-hosts", Format.Json),
        SecretFile("/var/lib/pcsd/*.conf", Format.Json),
        SecretFile("/var/lib/pcsd/**") with { Except = ["/var/lib/pcsd/*.crt"] },
        SecretFile("/root/.pcs/**"),
        new Source.Tool("nodes.txt", "crm_node -l" + OrStopped) { Format = Format.ClusterNodes, Filter = "LC_ALL=C sort" },
        new Source.Tool("resource-agents.txt", @"find /usr/lib -path '/usr/lib/*' ! -path '/usr/lib/ocf*' -prune -o -path '*/resource.d/*/*' -printf '%P\n'")
        {
            Format = Format.Items,
            Filter = "LC_ALL=C sort",
        },
        new Source.Tool("fence-agents.txt", @"find /usr/sbin/ -maxdepth 1 -name 'fence_*' -printf '%f\n'") { Format = Format.Items, Filter = "LC_ALL=C sort" },
        // The partner fences this node at this address. A machine that has no BMC has nothing to say.
        new Source.Tool("bmc.txt", @"find /dev -maxdepth 1 -name 'ipmi[0-9]*' -exec ipmitool lan print \;")
        {
            Format = Format.Outline,
            Needs = "ipmitool",
            Filter = "awk 'tolower($0) !~ /community|passw/'",
        },
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "the cluster starts, moves and fences by its CIB";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        // Pacemaker and pcsd write these for themselves.
        Noise("*/cib.xml.sig*"),
        Noise("/var/lib/pcsd/pcsd.cookiesecret*"),
        Noise("/var/lib/pcsd/*data_version"),
        Noise("/var/lib/pcsd/*.log*"),
        Risky("*/cib.xml", Risk.Cosmetic, "where Pacemaker keeps its copy of the CIB is its own affair", KeyMeaning.PerHost),
        Risky("*/cib.xml: (owner)", Risk.FailoverAtRisk, "Pacemaker does not start with a CIB that hacluster cannot read", KeyMeaning.Shared),
        Risky("*/cib.xml: *", Risk.Security, "the CIB holds the passwords of BMCs and power switches", KeyMeaning.Shared),
        .. CibRules.All,
        Risky("/etc/pacemaker/authkey*", Risk.FailoverAtRisk, "nodes trust remote daemons and each other by this key", KeyMeaning.Shared),
        Risky("/etc/booth/*", Risk.FailoverAtRisk, "tickets decide which site runs the targets", KeyMeaning.Shared),
        Risky("/var/lib/pcsd/*.crt: not-*", Risk.Config, "pcsd makes a new certificate when it has none: the other nodes must be authenticated again", KeyMeaning.PerHost),
        Risky("/var/lib/pcsd/*.crt: issuer", Risk.Config, "pcsd makes a new certificate when it has none: the other nodes must be authenticated again", KeyMeaning.PerHost),
        Risky("/var/lib/pcsd/*.crt*", Risk.Config, "pcsd makes a new certificate when it has none: the other nodes must be authenticated again", KeyMeaning.Unique),
        Risky("/var/lib/pcsd/*.key*", Risk.Config, "pcsd makes a new key when it has none: the other nodes must be authenticated again", KeyMeaning.Unique),
        Risky("/var/lib/pcsd/*", Risk.FailoverAtRisk, "without pcsd's tokens both nodes must be authenticated again, and changes reach only one of them", KeyMeaning.PerHost),
        Risky("/root/.pcs*", Risk.Config, "pcs must be authenticated again", KeyMeaning.PerHost),
        Risky("nodes.txt: *", Risk.FailoverAtRisk, "the cluster has other members than it had", KeyMeaning.Shared),
        Risky("resource-agents.txt: *", Risk.FailoverAtRisk, "both nodes need the agents that start the targets", KeyMeaning.Shared),
        Risky("fence-agents.txt: *", Risk.FailoverAtRisk, "a node that cannot fence its partner cannot take over from it", KeyMeaning.Shared),
        Risky("bmc.txt: MAC Address", Risk.Config, "another BMC is in the server", KeyMeaning.Unique),
        Risky("bmc.txt: IP Address", Risk.FailoverAtRisk, "the partner fences this node at this address", KeyMeaning.Unique),
        Risky("bmc.txt: *", Risk.FailoverAtRisk, "the partner fences this node through its BMC", KeyMeaning.PerHost),
        Risky("/etc/sysconfig/sbd: *", Risk.DataAtRisk, "a node that loses its partner fences itself by this device", KeyMeaning.Shared),
        Risky("/etc/sysconfig/*", Risk.Config, "the daemon is started with other options", KeyMeaning.Shared),
        Risky("/etc/default/*", Risk.Config, "the daemon is started with other options", KeyMeaning.Shared),
    ];

    /// <summary>Of several copies of the CIB only the newest counts; of its settings only the passwords are secret.</summary>
    public override IEnumerable<Setting> Read(ComponentState state) =>
    [
        .. base.Read(state with
        {
            Files = [.. state.Files.Where(file => !CibReading.IsCib(file))],
            Tools = [.. state.Tools.Where(tool => tool.Name != LiveCib)],
        }),
        .. CibReading.Newest(state) is { } cib ? Cib.Of(cib.Root, cib.IsReadable, cib.Text).Select(setting => setting with { Key = $"cib {setting.Key}" }) : [],
    ];

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) =>
        context.Partner?.File(AuthKey) is { } key
            ? wanted with { Files = [.. wanted.Files.Where(file => file.Path != AuthKey).Append(key).OrderBy(file => file.Path, StringComparer.Ordinal)] }
            : wanted;

    // The CIB belongs to the cluster: a node that joins gets it, and one that brings its own can start targets twice.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        FileChanges.Of(WithoutCib(wanted), WithoutCib(found), differences);

    protected override IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) => [UnitSteps.Restart(context.Platform, "pcsd")];

    public override ComponentFacts? Facts(ComponentState state) => CibReading.Facts(state);

    private static ComponentState WithoutCib(ComponentState state) => state with
    {
        Files =
        [
            .. state.Files.Where(file => !file.Path.StartsWith("/var/lib/pacemaker/", StringComparison.Ordinal) && !file.Path.StartsWith("/var/lib/heartbeat/", StringComparison.Ordinal)),
        ],
    };
}
