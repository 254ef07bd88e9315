using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Compares servers as they are with their baselines.</summary>
public sealed class AuditFleet(BlobVault vault, SiteIndexes indexes, TimeProvider clock)
{
    /// <summary>The same is read of every server.</summary>
    public AuditFleet(BlobVault vault, CatalogueIndex index, TimeProvider clock) : this(vault, new SiteIndexes(index), clock)
    {
    }

    /// <summary>Asked what a changed CIB makes the cluster do; null: nobody is.</summary>
    public ClusterSimulation? Simulation { get; init; }

    /// <summary>Whether to tell how files differ as text, too.</summary>
    public bool WithTexts { get; init; }

    /// <summary>What was accepted, so that it is what servers are compared with.</summary>
    public Decisions Decisions { get; init; } = Decisions.None;

    /// <summary>Servers that belong together.</summary>
    public IReadOnlyList<ServerCluster> Clusters { get; init; } = [];

    /// <summary>Whether the servers of a cluster are compared with each other, too.</summary>
    public bool ComparesPartners { get; init; }

    /// <summary>The servers themselves, against their baselines.</summary>
    public async Task<AuditReport> LiveAsync(
        IReadOnlyList<Host> hosts, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        var newest = await NewestCaptures.OfAsync(vault, cancel);
        await vault.LoadIndexAsync(cancel);
        await using var look = new LookAtFleet(vault, host => indexes.Of(host.Name), clock);
        var audited = new List<Task<AuditedServer>>();
        var all = await look.RunAsync(hosts, options, report, cancel);
        using var predictions = new Predictions(Simulation, indexes, options.Parallel) { Servers = hosts.ToDictionary(host => host.Name) };
        foreach (var seen in all)
        {
            var server = await AuditAsync(seen, newest.GetValueOrDefault(seen.Name), look.Trees, cancel);
            audited.Add(await predictions.BeginAsync(server, BaselineOf(server, look.Trees), seen.Server, cancel));
        }
        return new AuditReport(clock.GetUtcNow(), await RulesOn(look.Trees).AddedAsync(await Task.WhenAll(audited), all, newest, cancel));
    }

    /// <summary>A server as one of its snapshots has it, against its baseline.</summary>
    public async Task<AuditReport> SnapshotAsync(StoredSnapshot looked, CancellationToken cancel)
    {
        var host = looked.Record.Hostname;
        var newest = await NewestCaptures.OfAsync(vault, cancel);
        await vault.LoadIndexAsync(cancel);
        var trees = new TreeCache(vault);
        var seen = new SeenHost(host) { Server = new StoredServer(trees, looked) };
        var audited = await AuditAsync(seen, newest.GetValueOrDefault(host), trees, cancel) with { Found = looked };
        var predicted = await PredictedAsync(audited, BaselineOf(audited, trees), seen.Server, cancel);
        return new AuditReport(clock.GetUtcNow(), await RulesOn(trees).AddedAsync([predicted], [seen], newest, cancel));
    }

    /// <summary>What differs between two moments or servers, as an audit of the second.</summary>
    public async Task<AuditReport> BetweenAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var compared = new AuditedServer(found.Host) { Baseline = wanted.Snapshot, Found = found.Snapshot };
        var audited = await ComparedAsync(compared, wanted, found, new AcceptedFindings([]), cancel);
        return new AuditReport(clock.GetUtcNow(), [await PredictedAsync(audited, wanted, found, cancel)]);
    }

    private RuleAudit RulesOn(TreeCache trees) => new(trees, indexes, clock.GetUtcNow()) { Clusters = Clusters, ComparesPartners = ComparesPartners };

    private async Task<AuditedServer> AuditAsync(SeenHost seen, StoredSnapshot? newest, TreeCache trees, CancellationToken cancel)
    {
        var baseline = await Baseline.OfAsync(seen.Name, newest, Decisions, vault, cancel);
        var audited = new AuditedServer(seen.Name)
        {
            Baseline = baseline.Snapshot,
            BaselineReason = baseline.Snapshot is null ? null : baseline.Reason,
            Problems = seen.Problems,
            Failure = seen.Failure,
        };
        if (seen.Server is not { } found)
            return audited;
        return baseline.Snapshot is { } wanted
            ? await ComparedAsync(audited, new StoredServer(trees, wanted), found, Decisions.AcceptedOf(seen.Name, wanted.Id.ToString()), cancel)
            : audited with { Failure = $"{seen.Name} was never backed up: run 'relustre backup {seen.Name}' first" };
    }

    private async Task<AuditedServer> ComparedAsync(
        AuditedServer audited, StoredServer wanted, StoredServer found, AcceptedFindings accepted, CancellationToken cancel)
    {
        var findings = accepted.Apply(await FindingsAsync(wanted, found, cancel));
        return audited with { Findings = findings, Texts = WithTexts ? await new TextChanges(indexes.Of(found.Host), wanted, found).OfAsync(findings, cancel) : [] };
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var differences = await new ServerComparison(indexes.Of(found.Host)).BetweenAsync(wanted, found, cancel);
        return [.. from difference in differences select Finding.Of(found.Host, difference)];
    }

    private static StoredServer? BaselineOf(AuditedServer audited, TreeCache trees) =>
        audited.Baseline is { } baseline ? new StoredServer(trees, baseline) : null;

    // Of what is no live server, only this machine is asked.
    private async Task<AuditedServer> PredictedAsync(AuditedServer audited, StoredServer? wanted, StoredServer? found, CancellationToken cancel)
    {
        using var predictions = new Predictions(Simulation, indexes, parallel: 1);
        return await await predictions.BeginAsync(audited, wanted, found, cancel);
    }
}
