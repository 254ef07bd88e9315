using Relustre.Audit;
using Relustre.Restore.Gates;
using Relustre.Snapshots;

namespace Relustre.Restore;

/// <summary>Makes a plan out of what a server was and what it is: in the order of the stages, and nothing that agrees is touched.</summary>
public sealed class Planner(CatalogueIndex index, TimeProvider clock)
{
    /// <param name="only">Names of components; none: all.</param>
    public async Task<RestorePlan> PlanAsync(StoredServer wanted, StoredServer found, IReadOnlyList<string> only, CancellationToken cancel)
    {
        var context = await ContextAsync(wanted, found, cancel);
        var touched = (await new ServerComparison(index).TouchedAsync(wanted, found, cancel))
            .Where(component => only.Count == 0 || only.Contains(component.Name)).ToList();
        var steps = new List<PlannedStep>();
        var forPeople = new List<string>();
        foreach (var component in touched)
        {
            var (was, isNow) = (await wanted.StateAsync(component, cancel), await found.StateAsync(component, cancel));
            forPeople.AddRange(component.ForPeople(was, isNow, context).Select(note => $"{component.Name}: {note}"));
            steps.AddRange(
                from step in component.ByHand is null ? component.Restore(was, isNow, context) : []
                select new PlannedStep(0, component.Name, step) { Stage = component.Stage, Why = component.Why, Gates = component.Stage >= RestoreStage.Security ? [NodeIsIdle.GateName] : [] });
        }
        return new RestorePlan
        {
            Host = wanted.Host,
            Snapshot = wanted.Snapshot.Id.ToString(),
            SnapshotTime = wanted.Snapshot.Record.Time,
            MadeAt = clock.GetUtcNow(),
            Platform = context.Platform,
            Steps = [.. steps.Select((step, at) => step with { Number = at + 1 })],
            ForPeople = forPeople,
            Agreeing = [.. index.Catalogue.InRestoreOrder.Select(component => component.Name).Except(touched.Select(component => component.Name))],
        };
    }

    private static async Task<RestoreContext> ContextAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var now = await found.FactsAsync(cancel);
        return new RestoreContext { Platform = Platform.Of(now.Values), Wanted = await wanted.FactsAsync(cancel), Found = now };
    }
}
