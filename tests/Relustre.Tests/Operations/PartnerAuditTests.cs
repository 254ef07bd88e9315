using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Snapshots;

namespace Relustre.Tests.Operations;

/// <summary>An audit of a pair from end to end, on file trees: rules by name, partners, and one that is away.</summary>
public class PartnerAuditTests
{
    private const string Conf = "totem {\n version: 2\n interface {\n  ringnumber: 0\n  mcastport: PORT\n }\n}\nnodelist {\n node {\n  ring0_addr: mds1\n  nodeid: 1\n }\n node {\n  ring0_addr: mds2\n  nodeid: 2\n }\n}\nquorum {\n two_node: 1\n}\n";
    private const string Names = "10.0.0.1 mds1\n10.0.0.2 mds2\n";

    private const string Cib = """
        <cib admin_epoch="0" epoch="EPOCH" num_updates="0"><configuration><crm_config><cluster_property_set id="o"><nvpair id="s" name="stonith-enabled" value="false"/></cluster_property_set></crm_config>
        <nodes><node id="1" uname="mds1"/><node id="2" uname="mds2"/></nodes><resources/><constraints/></configuration></cib>
        """;

    private static readonly IReadOnlyList<ServerCluster> clusters = [new("mds", ["mds1", "mds2"])];

    [Fact]
    public async Task A_pair_is_compared_and_what_the_cluster_is_told_is_told_once()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var hosts = Pair(fleet, secondPort: "33201", secondKey: "S3CRET two");
        await fleet.BackUpAsync(hosts);

        var report = await AuditAsync(fleet, hosts, partners: true);

        Assert.Equal("mds1", Assert.Single(report.Findings, finding => finding.Rule == "stonith-disabled").Host);
        Assert.Single(report.Findings, finding => finding.Rule == "mcastport-mismatch");
        Assert.Single(report.Findings, finding => finding.Rule == "authkeys-differ");
        Assert.DoesNotContain(report.Findings, finding => $"{finding}".Contains("S3CRET", StringComparison.Ordinal));
        Assert.All(report.Servers, server => Assert.Empty(server.Problems));
    }

    [Fact]
    public async Task Without_partners_only_each_server_s_own_rules_are_applied()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var hosts = Pair(fleet, secondPort: "33201", secondKey: "two");
        await fleet.BackUpAsync(hosts);

        var whole = await AuditAsync(fleet, hosts, partners: false);
        var alone = await AuditAsync(fleet, [hosts[1]], partners: false);

        Assert.Equal(["stonith-disabled"], whole.Findings.Select(finding => finding.Rule));
        Assert.Equal(whole.Findings.Select(finding => finding.Id), alone.Findings.Select(finding => finding.Id));
        Assert.Single(alone.Servers);
    }

    [Fact]
    public async Task A_partner_that_is_away_is_told_and_its_last_snapshot_stands_in()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var hosts = Pair(fleet, secondPort: "33201", secondKey: "one");
        await fleet.BackUpAsync(hosts);

        var report = await AuditAsync(fleet, [hosts[0], hosts[1] with { Root = fleet["gone"] }], partners: true);

        Assert.Contains("its snapshot of ", report.Servers[1].Failure, StringComparison.Ordinal);
        Assert.Single(report.Findings, finding => finding.Rule == "mcastport-mismatch");
    }

    [Fact]
    public async Task Backups_of_different_age_are_told_though_the_servers_agree()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var hosts = Pair(fleet);
        await fleet.BackUpAsync([hosts[0]]);
        foreach (var host in hosts)
            fleet.Write(host.Name, "/var/lib/pacemaker/cib/cib.xml", Cib.Replace("EPOCH", "143", StringComparison.Ordinal));
        await fleet.BackUpAsync([hosts[1]]);

        var report = await AuditAsync(fleet, hosts, partners: true);

        Assert.Equal("mds1: admin_epoch 0, epoch 42; mds2: admin_epoch 0, epoch 143", Assert.Single(report.Findings, finding => finding.Rule == "cib-backups-differ").Found);
        Assert.DoesNotContain(report.Findings, finding => finding.Rule == "cib-copies-differ");
    }

    [Fact]
    public async Task A_server_without_a_backup_is_compared_with_its_partner_all_the_same()
    {
        await using var fleet = await new SmallFleet().OpenAsync();
        var hosts = Pair(fleet, secondPort: "33201");

        var report = await AuditAsync(fleet, hosts, partners: true);

        Assert.Single(report.Findings, finding => finding.Rule == "mcastport-mismatch");
        Assert.All(report.Servers, server => Assert.Contains("never backed up", server.Failure, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Host> Pair(SmallFleet fleet, string secondPort = "40015", string secondKey = "one") =>
        [Server(fleet, "mds1", "40015", "one"), Server(fleet, "mds2", secondPort, secondKey)];

    private static Host Server(SmallFleet fleet, string name, string port, string key) => fleet.Tree(name,
        ("/etc/hostname", name), ("/etc/hosts", Names), ("/etc/corosync/corosync.conf", Conf.Replace("PORT", port, StringComparison.Ordinal)),
        ("/etc/corosync/authkey", key), ("/var/lib/pacemaker/cib/cib.xml", Cib.Replace("EPOCH", "42", StringComparison.Ordinal)));

    private static Task<AuditReport> AuditAsync(SmallFleet fleet, IReadOnlyList<Host> hosts, bool partners) =>
        new AuditFleet(fleet.Vault, new CatalogueIndex(fleet.Catalogue), TimeProvider.System) { Clusters = clusters, ComparesPartners = partners }
            .LiveAsync(hosts, fleet.Options, _ => { }, SmallFleet.Cancel);
}
