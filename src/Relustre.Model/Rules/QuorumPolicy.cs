using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A pair that stops when half of it is gone, or a larger cluster that goes on when most of it is gone.</summary>
internal sealed class QuorumPolicy() : ClusterRule("quorum-policy", Risk.FailoverAtRisk)
{
    public override string Why => "half of a pair has no majority: without no-quorum-policy=ignore (or Corosync's two_node) the survivor stops all targets instead of taking over";

    public override string Source => "IML's CIB: no-quorum-policy=ignore for two nodes; Pacemaker";

    public override string NextStep => "for a pair run 'pcs property set no-quorum-policy=ignore'; for more nodes unset it";

    public override IReadOnlyList<string> Facts => ["pacemaker", "corosync"];

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster)
    {
        var policy = cluster.Properties.GetValueOrDefault("no-quorum-policy");
        var isTwoNode = server.Fact<CorosyncFacts>()?.TwoNode == true;
        if (cluster.Nodes.Count == 2 && policy != "ignore" && !isTwoNode)
            yield return Found(server, "no-quorum-policy", "ignore", policy ?? "stop (the default)");
        if (cluster.Nodes.Count > 2 && policy == "ignore")
            yield return Found(server, "no-quorum-policy", "stop, freeze or suicide", policy) with { Risk = Risk.DataAtRisk };
    }
}
