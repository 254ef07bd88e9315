using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A target that is not told where it lives and where it goes when its server dies.</summary>
internal sealed class TargetLocations() : ClusterRule("target-locations", Risk.FailoverAtRisk)
{
    public override string Why => "without both places a target starts anywhere or, in a cluster that must be asked, nowhere, and IML cannot tell its primary server";

    public override string Source => "IML's CIB: NAME-primary with score 20, NAME-secondary with 10";

    public override string NextStep => "add the missing one: 'pcs constraint location add NAME-secondary RESOURCE NODE 10' (for a ZFS target on the Lustre resource, not the group)";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster)
    {
        var isAsked = cluster.Properties.GetValueOrDefault("symmetric-cluster").IsOff;
        // Pairs without IML may leave the choice to Pacemaker, for all of their targets.
        var leftovers = cluster.Leftovers.ToHashSet();
        var known = cluster.Locations.Where(place => place.Resource is not null && !leftovers.Contains(place.Id)).ToLookup(place => place.Resource);
        if (!isAsked && !cluster.FencesByChroma && !cluster.Targets.Any(target => Places(known, target).Any()))
            return [];
        return from target in cluster.Targets
               let places = Places(known, target).ToList()
               where places.All(place => place.Node is not null)
               let nodes = places.Where(place => place.Score?.StartsWith('-') != true).Select(place => place.Node!).Distinct().ToList() // looked at above
               where nodes.Count < 2 && cluster.Nodes.Count > 1
               select Found(server, $"rsc_location of {target.Id}", "two nodes", nodes.Count == 0 ? null : nodes[0]) with { Risk = isAsked ? Risk : Risk.Config };
    }

    // Its own, its group's or its clone's.
    private static IEnumerable<ClusterLocation> Places(ILookup<string?, ClusterLocation> known, ClusterResource target) =>
        new[] { target.Id, target.InGroup, target.InClone }.OfType<string>().Distinct().SelectMany(name => known[name]);
}
