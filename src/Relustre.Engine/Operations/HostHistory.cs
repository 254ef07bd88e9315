using Relustre.Audit;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Tells what happened to one host: what changed from snapshot to snapshot, when it was seen in between, what was accepted.</summary>
public sealed class HostHistory(BlobVault vault, CatalogueIndex index, Ledger ledger, IReadOnlyList<Decision> decisions)
{
    private readonly TreeCache trees = new(vault);

    /// <summary>Only what is about this component; null: everything.</summary>
    public Component? Component { get; init; }

    /// <summary>Only what happened from then on.</summary>
    public DateTimeOffset Since { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> OfAsync(string host, IReadOnlyList<StoredSnapshot> snapshots, CancellationToken cancel)
    {
        var events = new List<HistoryEvent>();
        StoredSnapshot? before = null;
        foreach (var snapshot in snapshots.Where(snapshot => snapshot.Record.Hostname == host).OrderBy(snapshot => snapshot.Record.Time))
        {
            var isImported = snapshot.Record.Tags.Contains(SnapshotFinder.ImportedTag);
            if (snapshot.Record.Time >= Since && await StoredAsync(snapshot, isImported ? null : before, isImported, cancel) is { } stored)
                events.Add(stored);
            // An archive of the appendix's script holds less than a capture: nothing is compared with it.
            before = isImported ? before : snapshot;
        }
        return [.. events.Concat(Others(host)).Where(happened => happened.At >= Since).OrderBy(happened => happened.At)];
    }

    private IEnumerable<HistoryEvent> Others(string host) => Component is not null ? [] :
    [
        .. Runs(ledger.Of(host)),
        .. decisions.Where(decision => decision.Host == host).Select(decision => new HistoryEvent.Decided(decision)),
    ];

    private async Task<HistoryEvent?> StoredAsync(StoredSnapshot snapshot, StoredSnapshot? before, bool isImported, CancellationToken cancel)
    {
        var stored = new HistoryEvent.Stored(snapshot) { Before = before, IsImported = isImported };
        if (before is null)
            return stored;
        try
        {
            var differences = await DifferencesAsync(new StoredServer(trees, before), new StoredServer(trees, snapshot), cancel);
            return Component is not null && differences.Count == 0 ? null : stored with { Differences = differences };
        }
        catch (Exception unreadable) when (unreadable is VaultDamagedException or SnapshotUnreadableException)
        {
            // One damaged snapshot hides nothing of the others.
            return stored with { Trouble = unreadable.Message };
        }
    }

    private async Task<IReadOnlyList<Difference>> DifferencesAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var differences = new List<Difference>();
        foreach (var component in await new ServerComparison(index).TouchedAsync(wanted, found, cancel))
            if (Component is null || component.Name == Component.Name)
                differences.AddRange(component.Compare(await wanted.StateAsync(component, cancel), await found.StateAsync(component, cancel)));
        return differences;
    }

    // What was seen again and again without a change is one line.
    private static IEnumerable<HistoryEvent> Runs(IReadOnlyList<Sighting> sightings)
    {
        var run = new List<Sighting>();
        foreach (var sighting in sightings)
        {
            if (run is [var first, ..] && first.Result != sighting.Result)
            {
                yield return EventOf(run);
                run.Clear();
            }
            // A new snapshot tells of itself, and ends a run.
            if (sighting.Result != SightingResult.Stored)
                run.Add(sighting);
        }
        if (run.Count > 0)
            yield return EventOf(run);
    }

    private static HistoryEvent EventOf(List<Sighting> run) => run[0].Result == SightingResult.Failed
        ? new HistoryEvent.Missed(run[0].At, run[^1].At, run.Count, run[^1].Message ?? "")
        : new HistoryEvent.Seen(run[0].At, run[^1].At, run.Count);
}
