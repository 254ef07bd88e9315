using Relustre.Components;
using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>The CIB belongs to the pair, and its nodes have two of them.</summary>
internal sealed class CibCopiesDiffer() : PairRule("cib-copies-differ", "pacemaker", Risk.FailoverAtRisk)
{
    private const int MostKeys = 5;

    private static readonly Pacemaker component = new();

    public override string Why => "nodes of one cluster have one CIB: these are not in one cluster now, or one of them has missed the last changes";

    public override string Source => "Pacemaker: the CIB is the same on every node; the newer one is told by admin_epoch, epoch, num_updates";

    public override string NextStep => "look at 'crm_mon -1' on both; if both are online, take a new backup of each, else find out which one serves";

    public override IReadOnlyList<string> States => ["pacemaker"];

    public override IReadOnlyList<string> Covers => ["cib *", "cib.xml*", "*/cib.xml*", "*/cib.xml.sig*"];

    public override IEnumerable<Finding> Check(PairView pair)
    {
        var risk = pair.Servers.All(server => server.Fact<PacemakerFacts>() is { IsLive: true } && server.CapturedAt is null) ? Risk : Risk.RecoveryAtRisk;
        var ages = WhereTheyDiffer(pair, "cib: age", server => CibAge.Of(server)).ToList();
        return (ages.Count > 0 ? ages : Contents(pair)).Select(finding => finding with { Risk = risk });
    }

    // num_updates counts what happens, not what is configured, and never stands still: of copies of one epoch the content decides.
    private IEnumerable<Finding> Contents(PairView pair) =>
        from other in pair.Servers.Skip(1)
        let first = pair.Servers[0]
        where CibAge.Of(first) is not null && CibAge.Of(other) is not null && first.States.ContainsKey("pacemaker") && other.States.ContainsKey("pacemaker")
        let keys = component.Compare(first.State("pacemaker"), other.State("pacemaker")).Where(IsOfCib).Select(difference => difference.Key).Distinct().ToList()
        where keys.Count > 0
        select Found(first.Host, "cib: configuration", $"the same on {first.Host} and {other.Host}, as both are of {CibAge.Of(first)}",
            $"{other.Host} differs in {string.Join(", ", keys.Take(MostKeys).Select(PartnerValues.Short))}{(keys.Count > MostKeys ? $" and {keys.Count - MostKeys} more" : "")}");

    private static bool IsOfCib(Difference difference) => difference.Key.StartsWith("cib ", StringComparison.Ordinal);
}
