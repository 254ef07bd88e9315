using Relustre.Facts;

namespace Relustre.Tests.Facts;

/// <summary>What is understood of crm_mon's XML, in the spellings of Pacemaker 1.1 to 2.1.</summary>
public class ClusterStatusTests
{
    private static readonly string folder = Path.Combine(Repository.Root, "tests", "Relustre.Tests", "Restore", "Statuses");

    [Theory]
    [InlineData("2.1.5-healthy.xml")]
    [InlineData("2.1.5-healthy-old-spelling.xml")]
    public void A_healthy_pair_is_seen_in_both_spellings(string recording)
    {
        var status = Read(recording)!;

        Assert.Equal(("mds2.lab.test", true, "ignore", true, false), (status.Coordinator, status.HasQuorum, status.NoQuorumPolicy, status.IsFencing, status.IsInMaintenance));
        Assert.Equal("2.1.5-a3f44794f94", status.Version);
        Assert.Equal([("mds1.lab.test", true, false), ("mds2.lab.test", true, true)], status.Nodes.Select(node => (node.Name, node.IsServing, node.IsCoordinator)));
        Assert.Equal(
            [("st-fencing", "mds1.lab.test"), ("MGS_869a22", "mds1.lab.test"), ("demo-MDT0000_214612", "mds2.lab.test")],
            status.Resources.Select(resource => (resource.Id, resource.Nodes.Single())));
        Assert.All(status.Resources, resource => Assert.True(resource is { IsStarted: true, IsManaged: true, IsFailed: false }));
        Assert.Equal([false, true, true], status.Resources.Select(resource => resource.IsTarget));
        Assert.True(status.Resources[0].IsFenceDevice);
        Assert.DoesNotContain(RecordedHost.SecretMark, $"{status}{string.Join("", status.Nodes)}{string.Join("", status.Resources)}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_of_Pacemaker_1_1_that_has_lost_a_node()
    {
        var status = Read("1.1.12-failover.xml")!;

        Assert.Equal(("mds2", false, null, null), (status.Coordinator, status.HasQuorum, status.NoQuorumPolicy, status.IsFencing));
        Assert.True(status.NodeOf("mds1") is { IsOnline: false, IsUnclean: true, IsServing: false });
        Assert.True(status.NodeOf("mds2") is { IsServing: true });
        Assert.True(status.Resources[1] is { Agent: "ocf:chroma:Target", IsStarted: true, Nodes: ["mds2"] });
        Assert.True(status.Resources[2] is { IsStarted: false, IsFailed: true, IsStoppedOnPurpose: false, Nodes: [] });
    }

    [Fact]
    public void Groups_clones_and_what_is_stopped_on_purpose_in_Pacemaker_2_0()
    {
        var status = Read("2.0.5-groups.xml")!;

        Assert.Equal(["fence-oss1", "fs-OST0001_41d0be-zfs", "fs-OST0001_41d0be", "ping", "fs-OST0000_9f21cc"], status.Resources.Select(resource => resource.Id));
        Assert.Equal([false, false, true, false, true], status.Resources.Select(resource => resource.IsTarget));
        Assert.True(status.Resources[4] is { IsStarted: false, IsStoppedOnPurpose: true });
        Assert.Equal((false, "stop"), (status.IsFencing, status.NoQuorumPolicy));
        Assert.True(status.NodeOf("oss2") is { IsOnline: true, IsPending: true, IsInMaintenance: true, IsServing: false });
    }

    [Fact]
    public void Standby_maintenance_and_a_stopped_node_are_told_apart()
    {
        Assert.True(Read("2.1.5-standby.xml")!.NodeOf("mds1") is { IsOnline: true, IsStandby: true, IsServing: false });
        Assert.True(Read("2.1.5-maintenance.xml") is { IsInMaintenance: true, Resources: [{ IsManaged: false }, ..] });
        Assert.True(Read("2.1.5-mds1-stopped.xml")!.NodeOf("mds1") is { IsOnline: false, IsUnclean: false });
    }

    [Theory]
    [InlineData("mds1.lab.test", "mds1.lab.test")]
    [InlineData("MDS1", "mds1.lab.test")]
    [InlineData("mds1.other.domain", "mds1.lab.test")]
    [InlineData("mds", null)]
    [InlineData("", null)]
    public void A_node_is_known_by_its_long_and_its_short_name(string name, string? found) =>
        Assert.Equal(found, Read("2.1.5-healthy.xml")!.NodeOf(null, name)?.Name);

    [Fact]
    public void Two_nodes_with_the_same_short_name_are_not_guessed_between()
    {
        var status = ClusterStatus.Read("""<crm_mon><nodes><node name="a.x"/><node name="a.y"/></nodes></crm_mon>""")!;

        Assert.Null(status.NodeOf("a"));
        Assert.Equal("a.y", status.NodeOf("a.y")?.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Not connected")]
    [InlineData("<crm_mon version=\"2.1.5\"/>")]
    [InlineData("<cib><nodes><node name=\"a\"/></nodes></cib>")]
    [InlineData("<crm_mon><nodes><node name=\"a\" online=\"true\"/></nodes>")]
    [InlineData("<crm_mon><nodes/></crm_mon>trailing")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><crm_mon><nodes><node name=\"&a;\"/></nodes></crm_mon>")]
    public void What_is_no_whole_status_is_none(string text) => Assert.Null(ClusterStatus.Read(text));

    [Fact]
    public void A_cluster_that_does_not_run_has_no_status() => Assert.Null(Read("2.1.5-not-running.xml"));

    [Fact]
    public void Cut_off_anywhere_it_is_no_status_and_never_an_exception()
    {
        var text = File.ReadAllText(Path.Combine(folder, "2.1.5-healthy.xml")).TrimEnd();

        Assert.All(Enumerable.Range(0, text.Length / 7), at => Assert.Null(ClusterStatus.Read(text[..(at * 7)])));
    }

    [Fact]
    public void What_is_nested_without_end_does_no_harm()
    {
        var deep = $"<crm_mon><nodes/>{string.Concat(Enumerable.Repeat("<resources>", 50_000))}{string.Concat(Enumerable.Repeat("</resources>", 50_000))}</crm_mon>";

        Assert.Empty(ClusterStatus.Read(deep)!.Resources);
    }

    private static ClusterStatus? Read(string recording) => ClusterStatus.Read(File.ReadAllText(Path.Combine(folder, recording)));
}
