using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A target that both servers may serve, and that they would look for in different places.</summary>
internal sealed class TargetPlacesDiffer() : PairRule("target-places-differ", "mount-points", Risk.FailoverAtRisk)
{
    public override string Why => "both servers of a pair must know every target, its device and its folder, or the one that does not cannot start it";

    public override string Source => "IML up to 4.0: ocf:chroma:Target only names a file of /var/lib/chroma/targets, which is on both servers; ldev.conf likewise";

    public override string NextStep => "bring the agent's store (or ldev.conf) of the server that lacks it back from its backup, or copy the target's file from the partner";

    public override IReadOnlyList<string> Facts => ["chroma-agent", "lustre"];

    public override IEnumerable<Finding> Check(PairView pair) => [.. Of(pair, "the agent's store", Stored), .. Of(pair, "ldev.conf", Listed)];

    private IEnumerable<Finding> Of(PairView pair, string place, Func<ServerView, IEnumerable<(string Target, string Where)>?> places)
    {
        var known = pair.Servers.ToDictionary(server => server.Host, server => places(server)?.DistinctBy(one => one.Target).ToDictionary(one => one.Target, one => one.Where));
        return from target in known.Values.OfType<Dictionary<string, string>>().SelectMany(targets => targets.Keys).Distinct().Order(StringComparer.Ordinal)
               from finding in WhereTheyDiffer(pair, $"target {target} in {place}", server => known[server.Host] is { } targets ? targets.GetValueOrDefault(target) ?? "(not there)" : null)
               select finding;
    }

    private static IEnumerable<(string, string)>? Stored(ServerView server) =>
        server.Fact<ChromaAgentFacts>()?.Targets.Select(target => (target.Uuid, $"{target.Device} on {target.MountPoint}"));

    private static IEnumerable<(string, string)>? Listed(ServerView server) =>
        server.Fact<LustreFacts>() is { Ldev: { Count: > 0 } entries } ? entries.Select(entry => (entry.Label, entry.Device)) : null;
}
