using Relustre.Audit;
using Relustre.Facts;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Looks at a server and its partners and plans how it becomes again what a snapshot says.</summary>
public sealed class PlanRestore(BlobVault vault, CatalogueIndex index, TimeProvider clock)
{
    /// <summary>Where the servers' sightings are noted when the server as it is now becomes its safety snapshot, since a restore follows; null: nothing is kept.</summary>
    public Ledger? Ledger { get; init; }

    /// <exception cref="RestoreException">The server cannot be seen.</exception>
    public async Task<PlannedRestore> RunAsync(
        Host host, IReadOnlyList<Host> partners, StoredSnapshot snapshot, RestoreWish wish, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        await vault.LoadIndexAsync(cancel);
        await using var look = new LookAtFleet(vault, index, clock);
        var others = look.RunAsync(Ledger is null ? [host, .. partners] : partners, options, report, cancel);
        var securing = Ledger is null ? Task.FromResult<SafetySnapshot?>(null) : SecureAsync(host, Ledger, options, report, cancel);
        await Task.WhenAll(others, securing);
        var (seen, safety) = (await others, await securing);
        try
        {
            return await PlannedAsync(host, safety is null ? seen : [SeenIn(host, safety), .. seen], snapshot, wish, cancel) with { Safety = safety };
        }
        catch when (safety is not null)
        {
            await safety.ForgetAsync(vault, CancellationToken.None);
            throw;
        }
    }

    /// <summary>What the same snapshot still asks for, of a server that was changed meanwhile.</summary>
    public async Task<IReadOnlyList<PlannedStep>> AgainAsync(
        Host host, IReadOnlyList<Host> partners, StoredServer wanted, RestoreWish wish, BackUpOptions options, CancellationToken cancel)
    {
        await using var look = new LookAtFleet(vault, index, clock);
        var seen = await look.RunAsync([host], options, _ => { }, cancel);
        if (seen[0].Server is not { } found)
            throw new RestoreException(seen[0].Failure ?? $"{host.Name} could not be seen");
        var planner = new Planner(index, clock);
        var steps = await planner.AgainAsync(wanted, found, [], wish, cancel);
        if (host.Root is not null)
            return [.. FileTreePlan.FilesOf(steps)];
        // Only what the pair shares is taken from the partner, so it is looked at only if something of that differs.
        return partners.Count > 0 && steps.Any(step => step.Stage == RestoreStage.Cluster)
            ? await planner.AgainAsync(wanted, found, Living([seen[0], .. await look.RunAsync(partners, options, _ => { }, cancel)]), wish, cancel)
            : steps;
    }

    private async Task<PlannedRestore> PlannedAsync(Host host, IReadOnlyList<SeenHost> seen, StoredSnapshot snapshot, RestoreWish wish, CancellationToken cancel)
    {
        if (seen[0].Server is not { } found)
            throw new RestoreException(seen[0].Failure ?? $"{host.Name} could not be seen");
        var wanted = new StoredServer(vault, snapshot);
        var plan = await new Planner(index, clock).PlanAsync(wanted, found, Living(seen), wish, cancel);
        if (host.Root is not null)
            plan = FileTreePlan.Of(plan);
        return new PlannedRestore(plan with { ForPeople = [.. plan.ForPeople, .. Unseen(seen), .. await LentAsync(seen, cancel)] }, await wanted.FactsAsync(cancel), seen[0].Problems);
    }

    private SeenHost SeenIn(Host host, SafetySnapshot safety) => new(host.Name) { Server = new StoredServer(vault, safety.Snapshot), Problems = safety.Problems };

    // Its result is the plan: no line says that it was backed up.
    private async Task<SafetySnapshot?> SecureAsync(Host host, Ledger ledger, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel) =>
        await SafetySnapshot.TakeAsync(host, vault, index, ledger, options, clock, happened =>
        {
            if (happened is not BackupEvent.Ended { Outcome: not HostOutcome.Failed })
                report(happened);
        }, cancel);

    private static IReadOnlyList<StoredServer> Living(IReadOnlyList<SeenHost> seen) => [.. seen.Skip(1).Select(partner => partner.Server).OfType<StoredServer>()];

    // A cluster has one lease of a kind, which all of its nodes see.
    private async Task<IReadOnlyList<string>> LentAsync(IReadOnlyList<SeenHost> seen, CancellationToken cancel)
    {
        var notes = new Dictionary<LeaseKind, string>();
        foreach (var server in seen.Select(one => one.Server).OfType<StoredServer>())
            if ((await server.FactsAsync(cancel)).Values.OfType<PacemakerFacts>().FirstOrDefault() is { } cluster)
                foreach (var kind in LeaseKind.All)
                    if (cluster.Properties.TryGetValue(kind.Property, out var lease))
                        notes.TryAdd(kind, $"cluster: {ClusterLease.Parse(kind, lease).ShownAt(clock.GetUtcNow())} (seen on {server.Host}): no restore is over before that is; '{kind.EndCommand} {server.Host}' gives it back");
        return [.. notes.Values];
    }

    private static IEnumerable<string> Unseen(IReadOnlyList<SeenHost> seen) =>
        from partner in seen.Skip(1)
        where partner.Server is null
        select $"{partner.Name}: its partner could not be seen ({partner.Failure}), so what both share is taken from the backup";
}
