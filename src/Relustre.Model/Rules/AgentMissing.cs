using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>The CIB names a resource or fence agent that this node does not have.</summary>
internal sealed class AgentMissing() : ServerRule("agent-missing", "pacemaker", Risk.FailoverAtRisk)
{
    public override string Why => "this node can neither start what the cluster would move to it nor fence its partner with an agent that is not installed";

    public override string Source => "Pacemaker: an agent that is not installed is a hard error, and the node is passed over";

    public override string NextStep => "install the package that holds it (lustre-resource-agents, chroma-agent, fence-agents); 'rpm -qf' on the partner tells which";

    // What the cluster does not use may be on one node only.
    public override IReadOnlyList<string> Covers => ["resource-agents.txt*", "fence-agents.txt*"];

    public override IEnumerable<Finding> Check(ServerView server) =>
        from agent in server.Fact<PacemakerFacts>()?.MissingAgents ?? []
        select Found(server, agent, "installed", null);
}
