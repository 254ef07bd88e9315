using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>One node's first ring is the other's second.</summary>
internal sealed class RingsSwapped() : PairRule("rings-swapped", "corosync", Risk.FailoverAtRisk)
{
    public override string Why => "each ring waits for the partner on the wrong network, and neither is up";

    public override string Source => "IML issue 816: up to 4.0 ring 0 is the management network, from 5.0 on it is the crossover";

    public override string NextStep => "write the rings of the node that serves into the other's corosync.conf";

    public override IReadOnlyList<string> Facts => ["corosync", "network", "name-resolution", "system"];

    public override IEnumerable<Finding> Check(PairView pair) =>
        from couple in pair.Couples
        where AreSwapped(couple.One, couple.Other)
        select Found(couple.One.Host, "rings 0 and 1", "the same networks in the same order", $"{couple.One.Host}: {Told(couple.One)}; {couple.Other.Host}: {Told(couple.Other)}");

    private static bool AreSwapped(ServerView one, ServerView other) =>
        one.Fact<CorosyncFacts>() is { } mine && other.Fact<CorosyncFacts>() is { } theirs
        && (Crossed(Bound(mine), Bound(theirs)) || AreCrossed(mine.Nodes, theirs.Nodes) || Crossed(Networks(one), Networks(other)));

    private static bool AreCrossed(IReadOnlyList<CorosyncNode> mine, IReadOnlyList<CorosyncNode> theirs) =>
        mine.Join(theirs, node => node.Id, node => node.Id, (one, other) => one.Id is not null && Crossed(one.Addresses, other.Addresses)).Any(isCrossed => isCrossed);

    private static bool Crossed(IReadOnlyList<string?> one, IReadOnlyList<string?> other) =>
        one is [{ } first, { } second, ..] && other is [{ } theirFirst, { } theirSecond, ..] && first != second && first == theirSecond && second == theirFirst;

    private static IReadOnlyList<string?> Bound(CorosyncFacts facts) => [.. facts.Rings.OrderBy(ring => ring.Number).Select(ring => ring.BindAddress)];

    // The networks that a node's own ring addresses are in.
    private static IReadOnlyList<string?> Networks(ServerView server)
    {
        var own = new OwnNames(server);
        var nets = (server.Fact<NetworkFacts>()?.Interfaces ?? []).SelectMany(nic => nic.Addresses).Select(Ipv4Net.Of).OfType<Ipv4Net>().ToList();
        var node = server.Fact<CorosyncFacts>()?.Nodes.FirstOrDefault(node => (node.Name is { } name && own.Is(name) == true) || node.Addresses.Any(address => own.Is(address) == true));
        return
        [
            .. from address in node?.Addresses ?? []
               let meant = OwnNames.IsAddress(address) ? address : own.Resolved(address).FirstOrDefault(known => !known.StartsWith("127.", StringComparison.Ordinal)) ?? ""
               select nets.Where(net => net.Has(meant)).Select(net => net.ToString()).FirstOrDefault(),
        ];
    }

    private static string Told(ServerView server)
    {
        var facts = server.Fact<CorosyncFacts>();
        var own = new OwnNames(server);
        var node = facts?.Nodes.FirstOrDefault(node => (node.Name is { } name && own.Is(name) == true) || node.Addresses.Any(address => own.Is(address) == true));
        return string.Join(", ", node is { Addresses.Count: > 1 } ? node.Addresses : facts is null ? [] : Bound(facts).OfType<string>());
    }
}
