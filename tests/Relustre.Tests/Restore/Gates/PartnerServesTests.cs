using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>The partner must carry the file system, whatever is done to the server.</summary>
public sealed class PartnerServesTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly PartnerServes gate = new();

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task A_partner_that_serves_all_targets_opens_it() =>
        await pair.Cluster().OpensAsync(gate, "mds2.lab.test serves MGS_869a22, demo-MDT0000_214612");

    [Fact]
    public async Task Targets_that_have_gone_home_are_served_too() => await pair.Cluster("2.1.5-healthy.xml").OpensAsync(gate);

    [Fact]
    public async Task Without_quorum_it_depends_on_the_policy()
    {
        await pair.Cluster(change: Replace("with_quorum=\"true\"", "with_quorum=\"false\"")).OpensAsync(gate);
        await pair.Cluster(change: text => Replace("with_quorum=\"true\"", "with_quorum=\"false\"")(text).Replace("no-quorum-policy=\"ignore\"", "no-quorum-policy=\"stop\"", StringComparison.Ordinal))
            .RefusesAsync(gate, "no quorum, and its no-quorum-policy is stop");
    }

    [Fact]
    public async Task An_old_Pacemaker_is_asked_for_the_policy_by_itself()
    {
        pair.Cluster("1.1.12-failover.xml", Replace("role=\"Stopped\" active=\"false\" orphaned=\"false\" managed=\"true\" failed=\"true\"", "role=\"Started\" orphaned=\"true\""), "mds2");

        await pair.RefusesAsync(gate, "its no-quorum-policy is unknown");
        pair.Partner.Says("crm_attribute", "ignore\n");
        await pair.OpensAsync(gate);
        pair.Partner.Says("crm_attribute", "freeze\n");
        await pair.RefusesAsync(gate, "is freeze");
    }

    [Theory]
    [InlineData("online=\"true\" standby=\"false\"", "online=\"false\" standby=\"false\"", "offline in its own cluster")]
    [InlineData("unclean=\"false\" health=\"green\" feature_set", "unclean=\"true\" health=\"green\" feature_set", "unclean")]
    [InlineData("pending=\"false\" unclean=\"false\" health=\"green\" feature_set", "pending=\"true\" unclean=\"false\" health=\"green\" feature_set", "still joining")]
    [InlineData("online=\"true\" standby=\"false\"", "online=\"true\" standby=\"true\"", "in standby")]
    [InlineData("shutdown=\"false\" expected_up=\"true\"", "shutdown=\"true\" expected_up=\"true\"", "shutting down")]
    [InlineData("maintenance=\"false\" pending=\"false\" unclean=\"false\" health=\"green\" feature_set", "maintenance=\"true\" pending=\"false\" unclean=\"false\" health=\"green\" feature_set", "is in maintenance")]
    [InlineData("maintenance-mode=\"false\"", "maintenance-mode=\"true\"", "maintenance mode")]
    [InlineData("current_dc present=\"true\"", "current_dc present=\"false\"", "no coordinator")]
    [InlineData("target_role=\"Started\" active=\"true\" orphaned=\"false\" blocked=\"false\" managed=\"true\" failed=\"false\"", "active=\"true\" failed=\"true\"", "failed or blocked: demo")]
    [InlineData("role=\"Started\" target_role=\"Started\"", "role=\"Starting\" target_role=\"Started\"", "not started on a sound node: demo")]
    [InlineData("<node name=\"mds2.lab.test\" id=\"2\" online=\"true\"", "<node name=\"mds3.lab.test\" id=\"2\" online=\"true\"", "not in its own cluster's list")]
    public async Task What_is_wrong_with_it_closes_it(string from, string into, string because) =>
        await pair.Cluster(change: Replace(from, into)).RefusesAsync(gate, because);

    [Fact]
    public async Task A_target_that_is_stopped_on_purpose_is_nobodys_loss() =>
        await pair.Cluster(change: text => string.Concat(text.Split("<resource id=\"MGS_869a22\"")[0],
            "<resource id=\"MGS_869a22\" resource_agent=\"ocf:chroma:Target\" role=\"Stopped\" target_role=\"Stopped\"/><resource id=\"demo\"",
            text.Split("<resource id=\"demo-MDT0000_214612\"")[1])).OpensAsync(gate);

    [Fact]
    public async Task A_target_that_runs_on_a_node_that_is_gone_is_not_served() =>
        await pair.Cluster("2.1.5-healthy.xml", Replace("<node name=\"mds1.lab.test\" id=\"1\" online=\"true\"", "<node name=\"mds1.lab.test\" id=\"1\" online=\"false\""))
            .RefusesAsync(gate, "not started on a sound node: MGS_869a22");

    [Fact]
    public async Task A_partner_whose_cluster_is_down_or_that_is_away_closes_it()
    {
        await pair.RefusesAsync(gate, "no cluster answers on mds2");
        await GatePair.RefusesAsync(gate, pair.Unreachable, "mds2");
    }

    [Fact]
    public async Task A_server_that_never_had_a_partner_needs_none_but_one_that_had_does()
    {
        var alone = pair.View with { Partners = [] };
        Assert.True((await GatePair.AskAsync(gate, alone)).IsOpen);

        pair.Wanted.Add(new PacemakerFacts
        {
            IsLive = true,
            IsWhole = true,
            AdminEpoch = 0,
            Epoch = 1,
            Updates = 0,
            Nodes = [new ClusterNode { Id = "1", Name = "mds1.lab.test" }, new ClusterNode { Id = "2", Name = "mds2.lab.test" }],
        });
        await GatePair.RefusesAsync(gate, pair.View with { Partners = [] }, "relustre discover mds1");
    }

    // The partner's node and the second target stand last.
    private static Func<string, string> Replace(string from, string into) => text =>
    {
        var at = text.LastIndexOf(from, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), into, text.AsSpan(at + from.Length));
    };
}
