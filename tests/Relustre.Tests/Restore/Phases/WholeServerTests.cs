using Relustre.Facts;
using Relustre.Restore;
using Relustre.Restore.Phases;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Phases;

/// <summary>What brings a server as a whole back into its cluster: in this order, in its dialect, and nothing where nothing is needed.</summary>
public class WholeServerTests
{
    private static readonly PacemakerFacts Cluster = new()
    {
        IsLive = true,
        IsWhole = true,
        AdminEpoch = 0,
        Epoch = 42,
        Updates = 0,
        Nodes = [new ClusterNode { Id = "1", Name = "oss1.lab.test" }, new ClusterNode { Id = "2", Name = "oss2.lab.test" }],
        Locations =
        [
            Place("OST0001", "oss1.lab.test", "20"), Place("OST0001", "oss2.lab.test", "10"),
            Place("OST0002", "oss1.lab.test", "10"), Place("OST0002", "oss2.lab.test", "20"),
            Place("MDT0000", "oss1.lab.test", "INFINITY"),
            Place("MGS", "oss1.lab.test", "20"),
            Place("undecided", "oss1.lab.test", "5"), Place("undecided", "oss2.lab.test", "5"),
            Place("unloved", "oss1.lab.test", "-INFINITY"),
            new ClusterLocation { Id = "cli-prefer-OST0002", Resource = "OST0002", Node = "oss1.lab.test", Score = "INFINITY" },
        ],
    };

    [Fact]
    public void What_likes_this_server_best_comes_home_in_Lustres_order_and_nothing_else_does() => Assert.Equal(
        ["bring MGS home", "bring MDT0000 home", "bring OST0001 home"],
        FailbackPhase.Steps(Context(7), Ties("oss2")).Skip(1).Select(step => step.Step.Summary));

    [Fact]
    public void Pacemaker_starts_only_after_Corosync_was_seen_to_see_every_living_partner_or_to_wait_for_it()
    {
        var steps = RejoinPhase.Steps(Context(7), Ties("oss2"), isAfterReboot: true).ToList();

        Assert.Equal(
            ["start corosync", "let corosync and pacemaker start at boot", "see that corosync sees 2 members, or waits for all of them", "start pacemaker", "see that the cluster has oss1.lab.test online", "start pcsd"],
            steps.Select(step => step.Step.Summary));
        Assert.Contains("keys-agree", steps[0].Gates);
        Assert.Contains("partner-serves", steps[3].Gates);
    }

    [Fact]
    public void An_EL6_server_is_spoken_to_in_its_own_words()
    {
        var context = Context(6);
        var commands = RejoinPhase.Steps(context, Ties("oss2"), isAfterReboot: true).Select(step => step.Step.On(context.Platform).Shown).ToList();

        Assert.Equal("service corosync start", commands[0]);
        Assert.Contains("chkconfig --level", commands[1], StringComparison.Ordinal);
        Assert.Contains("corosync=345", commands[1], StringComparison.Ordinal);
        Assert.DoesNotContain(commands.Take(4), command => command.StartsWith("systemctl", StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_that_runs_and_was_not_booted_is_left_in_peace()
    {
        var member = Context(7) with { Found = new Dictionary<string, ComponentFacts> { ["pacemaker"] = Cluster } };

        Assert.Empty(RejoinPhase.Steps(member, Ties("oss2"), isAfterReboot: false));
        Assert.Empty(FailbackPhase.Steps(member, Ties("oss2")));
    }

    [Fact]
    public void A_server_that_was_in_no_cluster_joins_none()
    {
        var ties = new ServerTies("backup1", null, []);

        Assert.Empty(RejoinPhase.Steps(Context(7), ties, isAfterReboot: true));
        Assert.Empty(FailbackPhase.Steps(Context(7), ties));
    }

    [Fact]
    public void Every_NID_that_it_had_is_looked_for_after_the_boot_into_its_kernel() => Assert.Equal(
        ["see that kernel 3.10.0_lustre runs", "bring LNet up", "see that LNet has the NID 10.0.0.1@tcp", "see that LNet has the NID 10.0.1.1@o2ib"],
        VerificationPhase.Steps(Context(7), isAfterReboot: true).Select(step => step.Step.Summary));

    [Fact]
    public void A_few_files_boot_nothing_and_another_kernel_does()
    {
        PlannedStep file = new(1, "rsyslog", new RemoveFile("/etc/x", IsFolder: false)) { Stage = RestoreStage.Platform };
        var same = Context(7) with { Found = new Dictionary<string, ComponentFacts> { ["system"] = new SystemFacts { Kernel = "3.10.0_lustre" } } };
        var other = Context(7) with { Found = new Dictionary<string, ComponentFacts> { ["system"] = new SystemFacts { Kernel = "3.10.0" } } };

        Assert.False(RebootPhase.IsNeeded([file], same));
        Assert.True(RebootPhase.IsNeeded([file], other));
        Assert.True(RebootPhase.IsNeeded([file with { Stage = RestoreStage.Packages }], same));
    }

    private static ServerTies Ties(params string[] living) => new("oss1.lab.test", Cluster, living);

    private static ClusterLocation Place(string resource, string node, string score) => new() { Id = $"{resource}-{node}", Resource = resource, Node = node, Score = score };

    private static RestoreContext Context(int release) => new()
    {
        Platform = new Platform { EnterpriseLinux = release, HasSystemd = release > 6, PackageTool = PackageTool.Yum },
        Found = new Dictionary<string, ComponentFacts>(),
        Wanted = new Dictionary<string, ComponentFacts>
        {
            ["system"] = new SystemFacts { Kernel = "3.10.0_lustre" },
            ["lnet"] = new LnetFacts { Nids = ["10.0.0.1@tcp", "10.0.1.1@o2ib"] },
            ["services"] = new ServicesFacts
            {
                Units = release > 6 ? [new("corosync.service", "enabled", null), new("pacemaker.service", "enabled", null), new("pcsd.service", "enabled", null), new("chroma-agent.service", "disabled", null)] : [],
                SysV = release > 6 ? [] : [new("corosync", "345"), new("pacemaker", "2345")],
                Xinetd = [],
                Masked = [],
                DropIns = [],
                LocalUnits = [],
            },
        },
    };
}
