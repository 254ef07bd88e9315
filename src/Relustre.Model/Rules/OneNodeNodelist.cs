using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A corosync.conf that knows this node only, on a server that has a partner.</summary>
internal sealed class OneNodeNodelist() : ServerRule("one-node-nodelist", "corosync", Risk.DataAtRisk)
{
    public override string Why => "the node forms a cluster of its own and starts targets that its partner serves";

    public override string Source => "IML issue 1084: a one-node nodelist splits the pair";

    public override string NextStep => "copy /etc/corosync/corosync.conf from the partner (compare config_version), then run 'pcs cluster reload corosync'";

    public override IReadOnlyList<string> Facts => ["corosync", "pacemaker"];

    public override IEnumerable<Finding> Check(ServerView server)
    {
        if (server.Fact<CorosyncFacts>() is { Nodes: [var only] } corosync
            && (corosync.TwoNode || server.Partners.Count > 0 || server.Fact<PacemakerFacts>()?.Nodes.Count > 1))
            yield return Found(server, "nodelist", "every node of the pair", only.Name ?? (only.Addresses is [var address, ..] ? address : "one node"));
    }
}
