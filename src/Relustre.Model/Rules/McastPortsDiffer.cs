using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Peers that speak on different ports.</summary>
internal sealed class McastPortsDiffer() : PairRule("mcastport-mismatch", "corosync", Risk.FailoverAtRisk)
{
    // More than any Corosync has.
    private const int MostRings = 10;

    public override string Why => "nodes on different multicast ports never hear each other, and each takes the other for dead";

    public override string Source => "IML issues 916 and 862; every IML cluster has the same name, so only the port tells pairs apart";

    public override string NextStep => "set the port of the node that serves on the other one, in corosync.conf and in its firewall";

    public override IReadOnlyList<string> Covers => ["*mcastport"];

    public override IEnumerable<Finding> Check(PairView pair) =>
        from ring in pair.Servers.SelectMany(server => Rings(server).Select(ring => ring.Number)).Distinct().Order()
        from finding in WhereTheyDiffer(pair, $"ring {ring}: mcastport", server => Rings(server).FirstOrDefault(one => one.Number == ring)?.Port)
        select finding;

    private static IEnumerable<CorosyncRing> Rings(ServerView server) => (server.Fact<CorosyncFacts>()?.Rings ?? []).Take(MostRings);
}
