using Relustre.Audit;
using Relustre.Facts;
using Relustre.Restore.Gates;
using Relustre.Restore.Phases;
using Relustre.Snapshots;
using Relustre.Steps;

namespace Relustre.Restore;

/// <summary>
/// Turns what differs into ordered steps: what every component asks for, in the order of a restore, and then what brings the
/// server as a whole back into its cluster. Nothing that agrees is touched.
/// </summary>
public sealed class Planner(CatalogueIndex index, TimeProvider clock)
{
    /// <param name="partners">The others of its pair as they are now, those that could be seen.</param>
    public async Task<RestorePlan> PlanAsync(
        StoredServer wanted, StoredServer found, IReadOnlyList<StoredServer> partners, RestoreWish wish, CancellationToken cancel)
    {
        var context = await ContextAsync(wanted, found, wish, cancel);
        if (context.Cards is { NotUnderstood: [var wrong, ..] } cards)
            throw new RestoreException($"--nic {wrong}: there is no such card: {wanted.Host} had {NicMapping.Listed([.. cards.Missing, .. cards.Pairs.Select(pair => pair.Wanted)])}, and it has {NicMapping.Listed([.. cards.New, .. cards.Pairs.Select(pair => pair.Found)])}");
        var asked = await TouchedAsync(wanted, found, partners, wish with { Except = [] }, cancel);
        var touched = asked.Where(component => wish.Wants(component.Name)).ToList();
        var changes = await ChangesAsync(touched, wanted, found, partners, context, cancel);
        List<PlannedStep> steps = [.. changes.SelectMany(change => change.Steps)];
        var doubts = context.Cards is { } mapping && steps.Exists(NamesCards) ? CardToConfirm.Of(wanted.Host, mapping) : [];
        IReadOnlyList<Component> leftOut = [.. asked.Except(touched)];
        List<string> notes = [.. leftOut.Select(component => $"{component.Name}: stays as it is, since it was left out (--except)")];
        if (wish.Only.Count == 0)
        {
            var ties = await ServerTies.OfAsync(wanted, partners, cancel);
            var (whole, hint) = WithoutHalfAMember(wanted.Host, [.. WholeServer(steps, context, wish, ties)], leftOut);
            steps.AddRange(whole);
            notes.AddRange(hint);
        }
        return new RestorePlan
        {
            Host = wanted.Host,
            Snapshot = wanted.Snapshot.Id.ToString(),
            SnapshotTime = wanted.Snapshot.Record.Time,
            MadeAt = clock.GetUtcNow(),
            Platform = context.Platform,
            Wish = wish,
            Steps = [.. Guarded(steps, doubts).Select((step, at) => step with { Number = at + 1 })],
            Cards = doubts,
            ForPeople = [.. notes, .. changes.SelectMany(change => change.ForPeople)],
            Agreeing = [.. index.Catalogue.InRestoreOrder.Except(asked).Select(component => component.Name)],
        };
    }

    // A server without what a member needs is not led into its cluster.
    private static (IEnumerable<PlannedStep> Steps, IEnumerable<string> Notes) WithoutHalfAMember(string host, IReadOnlyList<PlannedStep> whole, IReadOnlyList<Component> leftOut)
    {
        var joining = whole.Where(step => step.Stage > RestoreStage.LookAgain).ToList();
        var missing = leftOut.Where(IsNeededToJoin).Select(component => component.Name).ToList();
        return missing.Count == 0 || joining.Count == 0
            ? (whole, [])
            : (whole.Except(joining), [$"server: it is not booted and does not join its cluster, since that needs {missing.Some()}: 'relustre restore {host}' brings all of it back"]);
    }

    // What is verified after the boot, what the cluster compares, and what starts it.
    private static bool IsNeededToJoin(Component component) =>
        component.Stage is RestoreStage.Packages or RestoreStage.Kernel or RestoreStage.Lnet or RestoreStage.Cluster or RestoreStage.Services;

    // A restore of a few files on a server that serves asks nobody; one that goes near the cluster asks before it changes anything.
    internal static IEnumerable<PlannedStep> Guarded(IReadOnlyList<PlannedStep> steps, IReadOnlyList<CardToConfirm> cards)
    {
        if (cards.Count > 0)
            return Guarded([.. steps.Select((step, at) => at == 0 ? step with { Gates = [CardsConfirmed.GateName, .. step.Gates] } : step)], []);
        if (steps.All(step => step.Gates.Count == 0))
            return steps;
        var installing = steps.Any(step => step.Stage == RestoreStage.Packages) ? StageGates.Installing : [];
        return steps.Select((step, at) => at == 0 ? step with { Gates = [.. StageGates.First.Union(installing).Union(step.Gates)] } : step);
    }

    // Where these are as they shall be, or are left out, a card that is not certain harms nobody.
    private static bool NamesCards(PlannedStep step) => step.Stage is RestoreStage.Network or RestoreStage.Lnet or RestoreStage.Agent;

    /// <summary>What components still ask for when the server was looked at again: files, and nothing of the cluster as a whole.</summary>
    public async Task<IReadOnlyList<PlannedStep>> AgainAsync(
        StoredServer wanted, StoredServer found, IReadOnlyList<StoredServer> partners, RestoreWish wish, CancellationToken cancel) =>
    [
        .. from change in await ChangesAsync(await TouchedAsync(wanted, found, partners, wish, cancel), wanted, found, partners, await ContextAsync(wanted, found, wish, cancel), cancel)
           from step in change.Steps
           select step with { Gates = StageGates.Again(step.Stage) },
    ];

    // A partner may have a newer corosync.conf than a server that is as its backup says.
    private async Task<IReadOnlyList<Component>> TouchedAsync(StoredServer wanted, StoredServer found, IReadOnlyList<StoredServer> partners, RestoreWish wish, CancellationToken cancel)
    {
        var touched = (await new ServerComparison(index).TouchedAsync(wanted, found, cancel)).ToHashSet();
        return
        [
            .. from component in index.Catalogue.InRestoreOrder
               where touched.Contains(component) || (partners.Count > 0 && component.Stage == RestoreStage.Cluster)
               where wish.Wants(component.Name)
               select component,
        ];
    }

    // What a component of a server has is read once, for both questions.
    private static async Task<IReadOnlyList<(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<string> ForPeople)>> ChangesAsync(
        IReadOnlyList<Component> touched, StoredServer wanted, StoredServer found, IReadOnlyList<StoredServer> partners, RestoreContext context, CancellationToken cancel)
    {
        var changes = new List<(IReadOnlyList<PlannedStep>, IReadOnlyList<string>)>();
        foreach (var component in touched)
        {
            var own = await OwnAsync(component, partners, context, cancel);
            var (was, now) = (await wanted.StateAsync(component, cancel), await found.StateAsync(component, cancel));
            changes.Add((
                [.. from step in component.Restore(was, now, own)
                    select new PlannedStep(0, component.Name, step) { Stage = component.Stage, Why = component.Why, Gates = StageGates.Before(component.Stage) }],
                [.. component.ForPeople(was, now, own).Select(note => $"{component.Name}: {note}")]));
        }
        return changes;
    }

    private static IEnumerable<PlannedStep> WholeServer(IReadOnlyList<PlannedStep> changes, RestoreContext context, RestoreWish wish, ServerTies ties)
    {
        var reboots = RebootPhase.IsNeeded(changes, context);
        return
        [
            .. changes.Any(step => step.Stage == RestoreStage.Packages) ? [new PlannedStep(0, "packages", new LookAgain()) { Stage = RestoreStage.LookAgain, Why = "packages bring files of their own, and their scripts change others" }] : Array.Empty<PlannedStep>(),
            .. reboots ? RebootPhase.Steps : [],
            .. VerificationPhase.Steps(context, isAfterReboot: reboots),
            .. wish.StaysOut ? [] : RejoinPhase.Steps(context, ties, isAfterReboot: reboots),
            .. wish.StaysOut || wish.LeavesTargets ? [] : FailbackPhase.Steps(context, ties),
        ];
    }

    private static async Task<RestoreContext> OwnAsync(Component component, IReadOnlyList<StoredServer> partners, RestoreContext context, CancellationToken cancel) =>
        context with { Partner = partners.Count > 0 ? await partners[0].StateAsync(component, cancel) : null };

    internal static async Task<RestoreContext> ContextAsync(StoredServer wanted, StoredServer found, RestoreWish wish, CancellationToken cancel)
    {
        var (was, now) = (await wanted.FactsAsync(cancel), await found.FactsAsync(cancel));
        var cards = NicMapping.Between(was.Values.OfType<NetworkFacts>().FirstOrDefault(), now.Values.OfType<NetworkFacts>().FirstOrDefault(), wish.Macs);
        return new RestoreContext { Platform = Platform.Of(now.Values), Wanted = was, Found = now, Cards = cards, Macs = cards.Macs };
    }
}
