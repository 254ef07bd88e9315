using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>One LUN under two names.</summary>
internal sealed class MultipathAliasesDiffer() : PairRule("multipath-alias-differs", "multipath", Risk.FailoverAtRisk)
{
    public override string Why => "IML's store and the CIB name a target's device once for both servers, so a LUN of another name is not found there";

    public override string Source => "IML issue 2197; its high availability specification: device names must not change";

    public override string NextStep => "give the LUN the name that the node that serves has: restore /etc/multipath/bindings, then 'multipath -r' while the target is not mounted";

    public override IReadOnlyList<string> Covers =>
        ["/etc/multipath/bindings*", "/var/lib/multipath/bindings*", "/etc/multipath/wwids*", "*: multipaths.*", "*multipath(*", "maps.txt*", "devices.txt*"];

    public override IEnumerable<Finding> Check(PairView pair)
    {
        // The first one counts: what multipath.conf says comes before the bindings.
        var names = pair.Servers.ToDictionary(server => server.Host, server => (server.Fact<MultipathFacts>()?.Aliases ?? [])
            .DistinctBy(alias => alias.Wwid).ToDictionary(alias => alias.Wwid, alias => alias.Alias));
        return from wwid in names.Values.SelectMany(known => known.Keys).Distinct().Order(StringComparer.Ordinal)
               from finding in WhereTheyDiffer(pair, $"LUN {wwid}", server => names[server.Host].GetValueOrDefault(wwid))
               select finding;
    }
}
