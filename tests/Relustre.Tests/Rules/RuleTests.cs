using Relustre.Facts;
using Relustre.Rules;

namespace Relustre.Tests.Rules;

/// <summary>What the rules say, and where they hold their tongue.</summary>
public class RuleTests
{
    [Fact]
    public void A_node_that_fence_chroma_cannot_fence_is_named_with_what_is_missing()
    {
        var finding = Assert.Single(Cases.SecondNode(attributes => attributes.Where(one => one.Key is not ("0_fence_login" or "0_fence_password"))).Of("fence-attributes-missing"), one => one.Host == "mds1");

        Assert.Equal(("node(mds2.lfs.example).0_fence", "without 0_fence_login, 0_fence_password"), (finding.Setting, finding.Found));
        Assert.Contains("IML issue 824", finding.Why);
    }

    [Fact]
    public void A_recorded_OSS_pair_with_a_node_that_cannot_be_fenced_is_found()
    {
        var cluster = Recorded("pacemaker/iml-6.3-el7");

        Assert.Equal(["node(oss2.local).0_fence_agent"], cluster.Of("fence-attributes-missing").Select(finding => finding.Setting).Distinct());
    }

    [Theory]
    [InlineData("pacemaker/iml-2.0-el6")]
    [InlineData("pacemaker/iml-2.4-el6")]
    [InlineData("pacemaker/iml-4.0-el7")]
    public void A_recorded_healthy_cluster_breaks_no_rule_of_clusters(string recording) =>
        Assert.DoesNotContain(Recorded(recording).Findings, finding => RuleBook.BuiltIn.Rules.OfType<ClusterRule>().Any(rule => rule.Name == finding.Rule));

    [Fact]
    public void A_pair_without_IML_is_not_asked_for_its_attributes() =>
        Assert.Empty(Recorded("pacemaker/pcs-el8").Of("fence-attributes-missing"));

    [Fact]
    public void The_key_is_not_told_where_it_differs()
    {
        var finding = Assert.Single(Cases.Key("S3CRET other key").Of("authkeys-differ"));

        Assert.Equal(("/etc/corosync/authkey", "mds1's differs from mds2's"), (finding.Setting, finding.Found));
    }

    [Fact]
    public void A_larger_cluster_tells_the_odd_one()
    {
        var odd = HealthyPair.Pair.Servers[1].With<CorosyncFacts>(conf => conf with { Rings = [.. conf.Rings.Select(ring => ring with { Port = "33201" })] });
        var four = new PairView("oss", [.. Enumerable.Range(1, 4).Select(number => (number == 3 ? odd : HealthyPair.Pair.Servers[0]) with { Host = $"oss{number}" })]);

        Assert.Equal(["ring 0: mcastport", "ring 1: mcastport"], four.Of("mcastport-mismatch").Select(finding => finding.Setting));
        Assert.All(four.Of("mcastport-mismatch"), finding => Assert.Equal(("oss3", "40015 (as on oss1, oss2 and oss4)", "oss3: 33201"), (finding.Host, finding.Wanted, finding.Found)));
    }

    [Fact]
    public void A_LUN_under_another_name_is_told_with_that_name()
    {
        var pair = HealthyPair.Pair.SecondOf<MultipathFacts>(devices => devices with { Devices = [HealthyPair.Device("dm-0", "mpatha", "3600a01", "MGS"), HealthyPair.Device("dm-1", "mpathq", "3600a02", "demo-MDT0000")] });

        Assert.Equal("its LUN 3600a02 is /dev/mapper/mpathq here", Assert.Single(pair.Of("target-not-visible")).Found);
    }

    [Fact]
    public void Where_no_device_was_listed_none_is_missed() =>
        Assert.Empty(HealthyPair.Pair.SecondOf<MultipathFacts>(devices => devices with { Devices = [] }).Findings);

    [Fact]
    public void A_partner_that_was_not_asked_its_clock_is_not_apart() =>
        Assert.Empty(HealthyPair.Pair.Second(server => server with { ClockOffset = null }).Of("clocks-apart"));

    [Theory]
    [InlineData("2.0")]
    [InlineData("2.4")]
    public void On_EL6_the_agent_starts_the_cluster_and_nobody_asks_for_autostart(string version) =>
        Assert.Empty(HealthyPair.Pair.BothOf<ChromaAgentFacts>(agent => agent with { Era = version == "2.0" ? ImlEra.UpTo20 : ImlEra.From21To24 })
            .BothOf<ServicesFacts>(services => services with { Units = [], SysV = [new("corosync", ""), new("pacemaker", "")] }).Findings);

    [Fact]
    public void A_server_of_which_nothing_is_known_breaks_nothing() =>
        Assert.Empty(new PairView("p", [new ServerView("a", HealthyPair.Now), new ServerView("b", HealthyPair.Now)]).Findings);

    /// <summary>Enough of everything that a rule that compares each with each would not come to its end.</summary>
    [Fact]
    public void A_server_that_claims_thirty_thousand_of_everything_is_judged_all_the_same()
    {
        const int many = 30_000;
        var names = Enumerable.Range(0, many).Select(number => $"x{number}").ToList();
        var pair = HealthyPair.Pair.BothOf<PacemakerFacts>(cluster => cluster with
        {
            Resources = [.. cluster.Resources, .. names.Select(name => new ClusterResource { Id = name, Agent = "ocf:lustre:Lustre" })],
            Locations = [.. names.Select(name => new ClusterLocation { Id = $"cli-ban-{name}", Resource = name, Node = name, Score = "1" })],
            Leftovers = [.. names.Select(name => $"cli-ban-{name}")],
        })
        .BothOf<MultipathFacts>(devices => devices with
        {
            Devices = [.. devices.Devices, .. names.Select(name => HealthyPair.Device(name, name, name, $"{name}-OST0000"))],
            Aliases = [.. names.Select(name => new MultipathAlias(name, name))],
        })
        .BothOf<MountPointsFacts>(mounts => mounts with { Targets = [.. names.Select(name => new TargetMount { From = "cib", Target = name, Device = $"/dev/mapper/{name}" })] })
        .BothOf<PackagesFacts>(packages => packages with { Packages = [.. packages.Packages, .. names.Select(name => HealthyPair.Package($"lustre-{name}", "1"))] })
        .BothOf<ChromaAgentFacts>(agent => agent with { Targets = [.. names.Select(name => new AgentTarget { Uuid = name })] })
        .BothOf<CorosyncFacts>(conf => conf with { Rings = [.. names.Select((_, number) => new CorosyncRing { Number = number })], Nodes = [.. names.Select(name => new CorosyncNode { Id = name, Name = name, Addresses = [name, "b"] })] });

        var found = pair.Findings;

        Assert.NotEmpty(found);
        Assert.All(found, finding => Assert.True((finding.Found ?? "").Length < 600));
    }

    [Fact]
    public void System_accounts_may_have_the_numbers_that_their_packages_found_free() =>
        Assert.NotEqual(HealthyPair.Pair.Servers[0].Fact<IdentityFacts>()!.Users[1].Id, HealthyPair.Pair.Servers[1].Fact<IdentityFacts>()!.Users[1].Id);

    [Fact]
    public void Nodes_of_a_cluster_find_each_other_by_what_their_cluster_calls_them()
    {
        var stranger = new ServerView("oss1", HealthyPair.Now);

        Assert.Equal([["mds1", "mds2"]], ClusterMembers.Of([.. HealthyPair.Pair.Servers, stranger]));
        Assert.Equal([["a", "b"]], ClusterMembers.Of([HealthyPair.Pair.Servers[1] with { Host = "b" }, stranger, HealthyPair.Pair.Servers[0] with { Host = "a" }]));
    }

    private static PairView Recorded(string recording)
    {
        var host = RecordedHost.Open(recording);
        return new("p", [new ServerView("one", HealthyPair.Now) { Facts = new Dictionary<string, ComponentFacts> { ["pacemaker"] = host.Component.Facts(host.State)! } }]);
    }
}
