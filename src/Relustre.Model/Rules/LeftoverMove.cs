using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Constraints <c>cli-ban-…</c> and <c>cli-prefer-…</c>: what a move by hand leaves behind until somebody clears it.</summary>
internal sealed class LeftoverMove() : ClusterRule("leftover-move", Risk.FailoverAtRisk)
{
    public override string Why => "a ban keeps a target from ever coming back to that node, and a preference pulls it there against IML's scores";

    public override string Source => "appendix C, restore step 15: 'pcs resource clear' after each move; Pacemaker";

    public override string NextStep => "run 'pcs resource clear RESOURCE' for it";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster) =>
        from id in cluster.Leftovers
        join location in cluster.Locations on id equals location.Id into places
        let place = places.FirstOrDefault()
        let isBan = id.StartsWith("cli-ban-", StringComparison.Ordinal)
        select Found(server, $"rsc_location({id})", null, $"{place?.Resource ?? "a resource"} on {place?.Node ?? "a node"}: {place?.Score ?? "by a rule"}") with { Risk = isBan ? Risk : Risk.Config };
}
