using Relustre.Facts;
using Relustre.Rules;

namespace Relustre.Tests.Rules;

/// <summary>What breaks each rule: a pair that was healthy, one thing changed, the risk that is found.</summary>
internal static class Cases
{
    private static readonly PairView healthy = HealthyPair.Pair;

    public static IReadOnlyList<(string Rule, string What, Risk Risk, PairView Pair)> All { get; } =
    [
        ("stonith-disabled", "stonith-enabled=false", Risk.DataAtRisk, Property("stonith-enabled", "false")),
        ("stonith-disabled", "fencing-enabled=no, as the newest Pacemaker calls it", Risk.DataAtRisk, Property("fencing-enabled", "no")),
        ("no-fence-device", "st-fencing is gone", Risk.FailoverAtRisk, Cluster(cluster => cluster with { Resources = [.. cluster.Resources.Where(one => one.Id != "st-fencing")] })),
        ("fence-attributes-missing", "none at all", Risk.FailoverAtRisk, SecondNode(_ => [])),
        ("fence-attributes-missing", "the agent is not named yet", Risk.FailoverAtRisk, SecondNode(attributes => attributes.Where(one => one.Key != "0_fence_agent"))),
        ("fence-attributes-missing", "a BMC without a password", Risk.FailoverAtRisk, SecondNode(attributes => attributes.Where(one => one.Key != "0_fence_password"))),
        ("fence-attributes-missing", "a power switch without a plug", Risk.FailoverAtRisk, SecondNode(attributes => attributes.Select(one => one.Key == "0_fence_agent" ? new(one.Key, "fence_apc") : one))),
        ("fence-kinds-mixed", "a BMC here, a power switch there", Risk.FailoverAtRisk, SecondNode(attributes =>
            [.. attributes.Select(one => one.Key == "0_fence_agent" ? new(one.Key, "fence_apc") : one), new("0_fence_plug", "3")])),
        ("fence-kinds-mixed", "both on one node", Risk.FailoverAtRisk, SecondNode(attributes =>
            [.. attributes, new("1_fence_ipaddr", "10.0.0.9"), new("1_fence_login", "apc"), new("1_fence_password", "(secret)"), new("1_fence_plug", "3"), new("1_fence_agent", "fence_apc")])),
        ("fence-address-shared", "one BMC for both", Risk.DataAtRisk, SecondNode(attributes => attributes.Select(one => one.Key == "0_fence_ipaddr" ? new(one.Key, "10.10.9.11") : one))),
        ("fence-address-shared", "one BMC for two fence resources", Risk.DataAtRisk, Cluster(cluster => cluster with
        {
            Resources = [.. cluster.Resources, Bmc("fence-mds1", "mds1"), Bmc("fence-mds2", "mds2")],
        })),
        ("fencing-lent", "a lease", Risk.DataAtRisk, Property("relustre-fencing-lease", "0badcafe 1790000000 true root a new BMC")),
        ("maintenance-lent", "a lease", Risk.FailoverAtRisk, Property("relustre-maintenance-lease", "0badcafe 1790000000 - root a new BMC")),
        ("maintenance-mode", "the cluster", Risk.FailoverAtRisk, Property("maintenance-mode", "true")),
        ("maintenance-mode", "a node", Risk.FailoverAtRisk, SecondNode(attributes => [.. attributes, new("maintenance", "on")])),
        ("maintenance-mode", "a resource", Risk.FailoverAtRisk, Resource("MGS_7dec26", one => one with { Meta = new Dictionary<string, string> { ["is-managed"] = "false" } })),
        ("node-standby", "standby=on", Risk.FailoverAtRisk, SecondNode(attributes => [.. attributes, new("standby", "on")])),
        ("leftover-move", "cli-ban", Risk.FailoverAtRisk, Leftover("cli-ban-MGS_7dec26-on-mds1", "-INFINITY")),
        ("leftover-move", "cli-prefer", Risk.Config, Leftover("cli-prefer-MGS_7dec26", "INFINITY")),
        ("target-locations", "the secondary is gone", Risk.Config, Cluster(cluster => cluster with { Locations = [.. cluster.Locations.Where(one => one.Id != "MGS_7dec26-secondary")] })),
        ("target-locations", "none, in a cluster that must be asked", Risk.FailoverAtRisk, Cluster(cluster => With(cluster with { Locations = [] }, "symmetric-cluster", "false"))),
        ("quorum-policy", "a pair without two_node that stops", Risk.FailoverAtRisk, Property("no-quorum-policy", "stop").BothOf<CorosyncFacts>(conf => conf with { TwoNode = false })),
        ("quorum-policy", "three nodes that ignore it", Risk.DataAtRisk, Cluster(cluster => cluster with { Nodes = [.. cluster.Nodes, cluster.Nodes[0] with { Name = "mds3" }] })),
        ("agent-identity", "no key", Risk.RecoveryAtRisk, healthy.SecondOf<ChromaAgentFacts>(agent => agent with { HasPrivateKey = false })),
        ("agent-identity", "another certificate's key", Risk.RecoveryAtRisk, healthy.SecondOf<ChromaAgentFacts>(agent => agent with { KeyFitsCertificate = false })),
        ("agent-missing", "the targets' agent", Risk.FailoverAtRisk, healthy.SecondOf<PacemakerFacts>(cluster => cluster with { MissingAgents = ["ocf:chroma:Target"] })),
        ("authkey-missing", "crypto without a key", Risk.FailoverAtRisk, healthy.SecondOf<CorosyncFacts>(conf => conf with { NeedsAuthKey = true, HasAuthKey = false })),
        ("certificate-expiry", "in 29 days", Risk.RecoveryAtRisk, Certificate(HealthyPair.Now.AddDays(29))),
        ("certificate-expiry", "yesterday", Risk.RecoveryAtRisk, Certificate(HealthyPair.Now.AddDays(-1))),
        ("cluster-autostart", "Pacemaker is off", Risk.Config, Unit("pacemaker.service", "disabled", both: true)),
        ("cluster-autostart-differs", "on one node only", Risk.FailoverAtRisk, Unit("pacemaker.service", "disabled")),
        ("hostid-unset", "zero", Risk.RecoveryAtRisk, healthy.SecondOf<SystemFacts>(system => system with { HostId = "00000000" })),
        ("hostid-unset", "made up at each boot, with ZFS", Risk.DataAtRisk, Zfs.SecondOf<SystemFacts>(system => system with { HostIdIsFixed = false })),
        ("hostid-shared", "without ZFS", Risk.RecoveryAtRisk, healthy.SecondOf<SystemFacts>(system => system with { HostId = "0a0b0c01" })),
        ("hostid-shared", "with ZFS", Risk.DataAtRisk, Zfs.SecondOf<SystemFacts>(system => system with { HostId = "0a0b0c01" })),
        ("not-in-nodelist", "two others", Risk.FailoverAtRisk, healthy.SecondOf<CorosyncFacts>(conf => conf with { Nodes = [new() { Id = "1", Addresses = ["10.128.0.21"] }, new() { Id = "2", Addresses = ["10.128.0.29"] }] })),
        ("one-node-nodelist", "itself alone", Risk.DataAtRisk, healthy.SecondOf<CorosyncFacts>(conf => conf with { Nodes = [conf.Nodes[1]] })),
        ("pcsd-tokens-missing", "none", Risk.RecoveryAtRisk, healthy.SecondOf<PacemakerFacts>(cluster => cluster with { PcsdPeers = [] })),
        ("ring-name-unknown", "not in hosts", Risk.FailoverAtRisk, healthy.SecondOf<NameResolutionFacts>(names => names with { Hosts = [.. names.Hosts.Skip(1)] })),
        ("ring-name-unknown", "not in hosts, but DNS is asked", Risk.RecoveryAtRisk, healthy.SecondOf<NameResolutionFacts>(names => names with { Hosts = [.. names.Hosts.Skip(1)], Servers = ["10.0.0.53"] })),
        ("target-autostart", "all pools are imported at boot", Risk.DataAtRisk, Zfs.SecondOf<ServicesFacts>(services => services with { Units = [.. services.Units, new("zfs-import-scan.service", "enabled", null)] })),
        ("target-autostart", "Lustre's own service", Risk.DataAtRisk, healthy.Second(server => server.With<ServicesFacts>(services => services with { SysV = [new("lustre", "345")] })
            .Adding("lustre", new LustreFacts { Ldev = [new() { Local = "mds2", Label = "MGS", Device = "/dev/mapper/mpatha" }] }))),
        ("target-autostart", "fstab", Risk.DataAtRisk, healthy.SecondOf<FileSystemLayoutFacts>(layout => layout with { FileSystems = [new("/dev/mapper/mpatha", "/mnt/MGS", "lustre", "defaults")] })),
        ("target-not-visible", "no such device", Risk.FailoverAtRisk, Devices(devices => devices with { Devices = [.. devices.Devices.Where(one => one.Names[0] != "mpathb")] })),
        ("lun-not-visible", "no such LUN", Risk.FailoverAtRisk, Devices(devices => devices with { Devices = [.. devices.Devices.Where(one => one.Label != "demo-MDT0000")] })),
        ("target-on-other-lun", "names crossed", Risk.DataAtRisk, Devices(devices => devices with
        {
            Devices = [HealthyPair.Device("dm-0", "mpathb", "3600a01", "MGS"), HealthyPair.Device("dm-1", "mpatha", "3600a02", "demo-MDT0000")],
        })),
        ("multipath-alias-differs", "another name for a LUN", Risk.FailoverAtRisk, Devices(devices => devices with { Aliases = [new("mpathx", "3600a01"), .. devices.Aliases.Skip(1)] })),
        ("target-places-differ", "another folder", Risk.FailoverAtRisk, healthy.SecondOf<ChromaAgentFacts>(agent => agent with { Targets = [agent.Targets[0] with { MountPoint = "/mnt/other" }, .. agent.Targets.Skip(1)] })),
        ("target-places-differ", "the store lost one", Risk.FailoverAtRisk, healthy.SecondOf<ChromaAgentFacts>(agent => agent with { Targets = [.. agent.Targets.Skip(1)] })),
        ("account-ids-differ", "hacluster", Risk.RecoveryAtRisk, Users(user => user.Name == "hacluster" ? user with { Id = 990 } : user)),
        ("account-ids-differ", "a person", Risk.Security, Users(user => user.Name == "alice" ? user with { Id = 1501 } : user)),
        ("account-ids-differ", "a group", Risk.Security, healthy.SecondOf<IdentityFacts>(identity => identity with { Groups = [identity.Groups[0]] })),
        ("authkeys-differ", "another key", Risk.FailoverAtRisk, Key("S3CRET other key")),
        ("authkeys-differ", "no key", Risk.FailoverAtRisk, healthy.Second(server => server.Changing("corosync", state => state with { Files = [.. state.Files.Where(file => file.Path != "/etc/corosync/authkey")] }))),
        ("cib-backups-differ", "an older backup", Risk.RecoveryAtRisk, healthy.Second(server => server with { Backup = server.Backup!.With<PacemakerFacts>(cluster => cluster with { Epoch = 40 }) })),
        ("cib-copies-differ", "two epochs in running clusters", Risk.FailoverAtRisk, healthy.SecondOf<PacemakerFacts>(cluster => cluster with { Epoch = 43 })),
        ("cib-copies-differ", "two epochs in snapshots", Risk.RecoveryAtRisk, Stored(healthy.SecondOf<PacemakerFacts>(cluster => cluster with { AdminEpoch = 1 }))),
        ("cib-copies-differ", "one epoch, two contents", Risk.FailoverAtRisk, healthy.Second(server => server.Changing("pacemaker", state => state with
        {
            Tools = [.. state.Tools.Select(tool => tool with { Output = System.Text.Encoding.UTF8.GetBytes(tool.Text.Replace("value=\"1000\"", "value=\"7\"", StringComparison.Ordinal)) })],
        }))),
        ("clocks-apart", "1.5 s", Risk.Config, healthy.Second(server => server with { ClockOffset = 1.6 })),
        ("clocks-apart", "a minute, the other way", Risk.FailoverAtRisk, healthy.Second(server => server with { ClockOffset = -60 })),
        ("lnet-networks-differ", "one is missing", Risk.FailoverAtRisk, healthy.SecondOf<LnetFacts>(lnet => lnet with { Configured = [.. lnet.Configured.Skip(1)] })),
        ("mcastport-mismatch", "another port", Risk.FailoverAtRisk, healthy.SecondOf<CorosyncFacts>(conf => conf with { Rings = [.. conf.Rings.Select(ring => ring with { Port = "33201" })] })),
        ("packages-differ", "Lustre", Risk.FailoverAtRisk, Installed(HealthyPair.Package("lustre", "2.12.1"))),
        ("packages-differ", "pcs", Risk.Config, Installed(HealthyPair.Package("pcs", "0.9.159"))),
        ("packages-differ", "the running kernel", Risk.FailoverAtRisk, healthy.SecondOf<SystemFacts>(system => system with { Kernel = "3.10.0-957.el7" })),
        ("rings-swapped", "by network", Risk.FailoverAtRisk, healthy.SecondOf<CorosyncFacts>(conf => conf with { Rings = [.. conf.Rings.Select(ring => ring with { Number = 1 - ring.Number })] })),
        ("rings-swapped", "by address", Risk.FailoverAtRisk, TwoRings.SecondOf<CorosyncFacts>(conf => conf with { Nodes = [.. conf.Nodes.Select(node => node with { Addresses = [.. node.Addresses.Reverse()] })] })),
        ("time-servers-differ", "another", Risk.Config, healthy.SecondOf<TimeSyncFacts>(time => time with { Servers = [new("ntp", "server", "10.0.0.123", "")] })),
    ];

    /// <summary>The same pair with its targets on ZFS.</summary>
    public static PairView Zfs => Cluster(cluster => cluster with { Resources = [.. cluster.Resources, new() { Id = "pool", Agent = "ocf:chroma:ZFS" }] });

    /// <summary>The same pair as Corosync 3 has it: both rings in the nodelist.</summary>
    public static PairView TwoRings => healthy.BothOf<CorosyncFacts>(conf => conf with
    {
        Rings = [],
        Nodes = [new() { Id = "1", Name = "mds1", Addresses = ["10.128.0.21", "10.73.10.21"] }, new() { Id = "2", Name = "mds2", Addresses = ["10.128.0.22", "10.73.10.22"] }],
    });

    public static PairView Key(string content) => healthy.Second(server => server.Changing("corosync", state => state with
    {
        Files = [.. state.Files.Where(file => file.Path != "/etc/corosync/authkey"), HealthyPair.Key("/etc/corosync/authkey", content)],
    }));

    public static PairView Stored(PairView pair) => pair.Both(server => server with { CapturedAt = HealthyPair.Now, ClockOffset = null });

    public static PairView Cluster(Func<PacemakerFacts, PacemakerFacts> change) => healthy.BothOf(change);

    public static PairView Property(string name, string value) => Cluster(cluster => With(cluster, name, value));

    public static PairView SecondNode(Func<IEnumerable<KeyValuePair<string, string>>, IEnumerable<KeyValuePair<string, string>>> change) =>
        Cluster(cluster => cluster with { Nodes = [cluster.Nodes[0], cluster.Nodes[1] with { Attributes = change(cluster.Nodes[1].Attributes).ToDictionary() }] });

    private static PacemakerFacts With(PacemakerFacts cluster, string property, string value) =>
        cluster with { Properties = new Dictionary<string, string>(cluster.Properties) { [property] = value } };

    private static PairView Resource(string id, Func<ClusterResource, ClusterResource> change) =>
        Cluster(cluster => cluster with { Resources = [.. cluster.Resources.Select(one => one.Id == id ? change(one) : one)] });

    private static PairView Leftover(string id, string score) => Cluster(cluster => cluster with
    {
        Leftovers = [id],
        Locations = [.. cluster.Locations, new() { Id = id, Resource = "MGS_7dec26", Node = "mds1.lfs.example", Score = score }],
    });

    private static ClusterResource Bmc(string id, string node) =>
        new() { Id = id, Agent = "stonith:fence_ipmilan", Parameters = new Dictionary<string, string> { ["pcmk_host_list"] = node, ["ip"] = "10.10.9.50" } };

    private static PairView Certificate(DateTimeOffset end) =>
        healthy.SecondOf<ChromaAgentFacts>(agent => agent with { Certificates = [agent.Certificates[0] with { NotAfter = end }] });

    private static PairView Unit(string name, string state, bool both = false)
    {
        ServicesFacts Changed(ServicesFacts services) => services with { Units = [.. services.Units.Select(unit => unit.Name == name ? unit with { State = state } : unit)] };
        return both ? healthy.BothOf<ServicesFacts>(Changed) : healthy.SecondOf<ServicesFacts>(Changed);
    }

    private static PairView Devices(Func<MultipathFacts, MultipathFacts> change) => healthy.SecondOf(change);

    private static PairView Users(Func<IdentityFacts.User, IdentityFacts.User> change) =>
        healthy.SecondOf<IdentityFacts>(identity => identity with { Users = [.. identity.Users.Select(change)] });

    private static PairView Installed(PackagesFacts.Package package) =>
        healthy.SecondOf<PackagesFacts>(packages => packages with { Packages = [.. packages.Packages.Where(one => one.Name != package.Name), package] });
}
