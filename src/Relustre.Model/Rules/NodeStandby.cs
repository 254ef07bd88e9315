using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A node that was set aside and forgotten.</summary>
internal sealed class NodeStandby() : ClusterRule("node-standby", Risk.FailoverAtRisk)
{
    public override string Why => "a node in standby takes over nothing, and IML's fence_chroma does not fence it";

    public override string Source => "Pacemaker; IML's fence_chroma";

    public override string NextStep => "if nobody works on the node, run 'pcs node unstandby NODE'";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster) =>
        from node in cluster.Nodes
        where node.Attributes.GetValueOrDefault("standby").IsOn
        select Found(server, $"node({node.Name}).standby", "off", "on");
}
