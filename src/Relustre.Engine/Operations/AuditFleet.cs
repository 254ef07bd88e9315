using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Compares servers as they are with their baselines.</summary>
public sealed class AuditFleet(BlobVault vault, CatalogueIndex index, TimeProvider clock)
{
    /// <summary>Asked what a changed CIB makes the cluster do; null: nobody is.</summary>
    public ClusterSimulation? Simulation { get; init; }

    /// <summary>The servers themselves, against their newest snapshots.</summary>
    public async Task<AuditReport> LiveAsync(
        IReadOnlyList<Host> hosts, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        var baselines = await NewestCaptures.OfAsync(vault, cancel);
        await vault.LoadIndexAsync(cancel);
        await using var look = new LookAtFleet(vault, index, clock);
        var audited = new List<AuditedServer>();
        foreach (var seen in await look.RunAsync(hosts, options, report, cancel))
            audited.Add(await AuditAsync(seen, baselines.GetValueOrDefault(seen.Name), cancel));
        return new AuditReport(clock.GetUtcNow(), audited);
    }

    /// <summary>What differs between two moments or servers, as an audit of the second.</summary>
    public async Task<AuditReport> BetweenAsync(StoredServer wanted, StoredServer found, CancellationToken cancel) => new(clock.GetUtcNow(),
    [
        new AuditedServer(found.Host)
        {
            Baseline = wanted.Snapshot,
            Found = found.Snapshot,
            Findings = await FindingsAsync(wanted, found, cancel),
        },
    ]);

    private async Task<AuditedServer> AuditAsync(SeenHost seen, StoredSnapshot? baseline, CancellationToken cancel)
    {
        var audited = new AuditedServer(seen.Name) { Baseline = baseline, Problems = seen.Problems, Failure = seen.Failure };
        if (seen.Server is not { } found)
            return audited;
        return baseline is null
            ? audited with { Failure = $"{seen.Name} was never backed up: run 'relustre backup {seen.Name}' first" }
            : audited with { Findings = await FindingsAsync(new StoredServer(vault, baseline), found, cancel) };
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var differences = await new ServerComparison(index).BetweenAsync(wanted, found, cancel);
        var consequence = differences.Any(IsOfCib) ? await ConsequenceAsync(wanted, found, cancel) : null;
        return [.. from difference in differences select Finding.Of(found.Host, difference) with { Consequence = IsOfCib(difference) ? consequence : null }];
    }

    private async Task<string?> ConsequenceAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        if (Simulation is null || index.Catalogue.Components.FirstOrDefault(component => component.Name == "pacemaker") is not { } pacemaker)
            return null;
        return await Simulation.ConsequenceAsync(await wanted.StateAsync(pacemaker, cancel), await found.StateAsync(pacemaker, cancel), cancel);
    }

    private static bool IsOfCib(Difference difference) => difference.Component == "pacemaker" && difference.Key.StartsWith("cib ", StringComparison.Ordinal);
}
