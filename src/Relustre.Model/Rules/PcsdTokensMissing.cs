using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>pcsd runs here and knows no partner.</summary>
internal sealed class PcsdTokensMissing() : ServerRule("pcsd-tokens-missing", "pacemaker", Risk.RecoveryAtRisk)
{
    public override string Why => "pcs cannot reach the other node from here: 'pcs cluster sync' and adding a rebuilt node fail with 401";

    public override string Source => "IML: hacluster has a random password that is stored nowhere; pcs issue 131 (a diskless Lustre pair lost /var/lib/pcsd/tokens)";

    public override string NextStep => "set a new password for hacluster on both nodes and run 'pcs host auth NODE NODE' ('pcs cluster auth' on EL7)";

    public override IEnumerable<Finding> Check(ServerView server)
    {
        if (server.Fact<PacemakerFacts>() is { PcsdPeers.Count: 0 } cluster && cluster.Nodes.Count > 1)
            yield return Found(server, "/var/lib/pcsd", "a token for each node", null);
    }
}
