using System.Xml;
using Relustre.Audit;
using Relustre.Facts;
using Relustre.Restore.Gates;
using Relustre.Restore.Phases;
using Relustre.Snapshots;
using Relustre.Steps;

namespace Relustre.Restore;

/// <summary>
/// Plans how a pair comes back of which no server is left: each server as by itself up to its verification, then a new cluster of all of
/// them, its configuration, and its targets. One plan, so that one journal tells how far it came.
/// </summary>
public sealed class PairPlanner(CatalogueIndex index, TimeProvider clock)
{
    // What asks the partner for the living cluster has nobody to ask.
    private static readonly HashSet<string> alone = [NodeIsIdle.GateName, RightKernel.GateName, NidsAsBefore.GateName, PackagesAvailable.GateName, EnoughSpace.GateName, CardsConfirmed.GateName];

    /// <exception cref="RestoreException">It cannot be planned, and the message says why.</exception>
    public async Task<RestorePlan> PlanAsync(string pair, IReadOnlyList<LostServer> servers, CibChoice choice, CancellationToken cancel)
    {
        // First the one whose CIB it is: what both share is then of one moment.
        var ordered = servers.OrderByDescending(server => server.Host == choice.Saved.Host).ToList();
        var plans = new List<RestorePlan>();
        var members = new List<PairMember>();
        foreach (var server in ordered)
        {
            plans.Add(await PlanAsync(server, ordered[0], cancel));
            var context = await Planner.ContextAsync(server.Wanted, server.Found, server.Wish, cancel);
            members.Add(new PairMember(server.Host, (await ServerTies.OfAsync(server.Wanted, [], cancel)).Name, context) { Reboots = plans[^1].Steps.Any(step => step.Step is Reboot) });
        }
        var first = ordered[0].Wanted.Snapshot;
        var plan = new RestorePlan
        {
            Host = pair,
            Snapshot = first.Id.ToString(),
            SnapshotTime = first.Record.Time,
            MadeAt = clock.GetUtcNow(),
            Platform = OnePlatform(plans),
            Wish = new RestoreWish { StaysOut = true },
            Cib = choice.Saved.Age,
            Servers = [.. ordered.Select(server => new RecoveredServer(server.Host, server.Wanted.Snapshot.Id.ToString(), server.Wanted.Snapshot.Record.Time) { Macs = server.Macs })],
            Steps = [],
            Cards = [.. plans.SelectMany(one => one.Cards.Select(card => card.OfPair()))],
            ForPeople = [.. plans.SelectMany(one => one.ForPeople.Select(note => $"{one.Host}: {note}")), .. NotesOf(choice)],
            Agreeing = plans.Select(one => (IEnumerable<string>)one.Agreeing).Aggregate((all, more) => all.Intersect(more)).ToList(),
        };
        IReadOnlyList<PlannedStep> steps = [.. QuietPhase.Steps(members), .. plans.SelectMany(one => one.Steps.Select(step => Of(step, one.Host))), .. ClusterSteps(members, choice, plan.CibMark)];
        return plan with { Steps = [.. steps.Select((step, at) => step with { Number = at + 1 })] };
    }

    /// <summary>What a second look at one of the servers adds.</summary>
    public async Task<IReadOnlyList<PlannedStep>> AgainAsync(LostServer server, StoredServer first, CancellationToken cancel) =>
        [.. (await new Planner(index, clock).AgainAsync(server.Wanted, server.Found, SharedBy(server, first), server.Wish, cancel)).Select(step => Of(step, server.Host))];

    private async Task<RestorePlan> PlanAsync(LostServer server, LostServer first, CancellationToken cancel) =>
        await new Planner(index, clock).PlanAsync(server.Wanted, server.Found, SharedBy(server, first.Wanted), server.Wish, cancel);

    // corosync.conf and the keys must be the same on all servers, and backups may be of different times.
    private static IReadOnlyList<StoredServer> SharedBy(LostServer server, StoredServer first) => server.Host == first.Host ? [] : [first];

    private static PlannedStep Of(PlannedStep step, string host) => step with { On = host, Gates = [.. step.Gates.Where(alone.Contains)] };

    private static IEnumerable<PlannedStep> ClusterSteps(IReadOnlyList<PairMember> members, CibChoice choice, string mark)
    {
        var cib = Loadable(choice.Saved, mark);
        if (cib.Nodes.FirstOrDefault(node => members.All(member => member.Node != node.Value)) is { Key: not null } stranger)
            throw new RestoreException($"{choice.Saved} has a node {stranger.Value} that is none of {string.Join(", ", members.Select(member => member.Host))}: "
                + "the cluster would fence it; add it to the pair with 'relustre host add', or remove it from the cluster's backup");
        return [.. FormPhase.Steps(members, cib.Nodes), .. ConfigurationPhase.Steps(members, cib, choice.Newest), .. ServingPhase.Steps(members, cib)];
    }

    private static LoadableCib Loadable(SavedCib saved, string mark)
    {
        try
        {
            return LoadableCib.Of(saved, mark);
        }
        catch (XmlException broken)
        {
            throw new RestoreException($"{saved} cannot be read ({broken.Message}): choose an older backup with --at");
        }
    }

    private static IEnumerable<string> NotesOf(CibChoice choice) =>
    [
        .. choice.Others.Where(other => other.Differences.Count > 0).Select(other =>
            $"cluster: {other.Copy} says {other.Differences.Count} things otherwise than {choice.Saved}, which is newer and is brought back"),
        .. choice.Found.Where(found => found.Age > choice.Saved.Age).Select(found =>
            $"cluster: {found} lies on the server and is newer than {choice.Saved}: back {found.Host} up, and recover from that"),
    ];

    private static Platform OnePlatform(IReadOnlyList<RestorePlan> plans) => plans.Select(plan => plan.Platform).Distinct().ToList() is [var one]
        ? one
        : throw new RestoreException($"{string.Join(" and ", plans.Select(plan => plan.Host))} have different operating systems now: install the same on all");
}
