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
    /// <exception cref="RestoreException">The server cannot be seen.</exception>
    public async Task<PlannedRestore> RunAsync(
        Host host, IReadOnlyList<Host> partners, StoredSnapshot snapshot, RestoreWish wish, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        await vault.LoadIndexAsync(cancel);
        await using var look = new LookAtFleet(vault, index, clock);
        var seen = await look.RunAsync([host, .. partners], options, report, cancel);
        if (seen[0].Server is not { } found)
            throw new RestoreException(seen[0].Failure ?? $"{host.Name} could not be seen");
        var wanted = new StoredServer(vault, snapshot);
        var plan = await new Planner(index, clock).PlanAsync(wanted, found, Living(seen), wish, cancel);
        return new PlannedRestore(plan with { ForPeople = [.. plan.ForPeople, .. Unseen(seen), .. await LentAsync(seen, cancel)] }, await wanted.FactsAsync(cancel), seen[0].Problems);
    }

    /// <summary>What the same snapshot still asks for, of a server that was changed meanwhile.</summary>
    public async Task<IReadOnlyList<PlannedStep>> AgainAsync(
        Host host, IReadOnlyList<Host> partners, StoredServer wanted, RestoreWish wish, BackUpOptions options, CancellationToken cancel)
    {
        await using var look = new LookAtFleet(vault, index, clock);
        var seen = await look.RunAsync([host, .. partners], options, _ => { }, cancel);
        return seen[0].Server is { } found
            ? await new Planner(index, clock).AgainAsync(wanted, found, Living(seen), wish, cancel)
            : throw new RestoreException(seen[0].Failure ?? $"{host.Name} could not be seen");
    }

    private static IReadOnlyList<StoredServer> Living(IReadOnlyList<SeenHost> seen) => [.. seen.Skip(1).Select(partner => partner.Server).OfType<StoredServer>()];

    // One cluster has one lease, which all of its nodes see.
    private async Task<IReadOnlyList<string>> LentAsync(IReadOnlyList<SeenHost> seen, CancellationToken cancel)
    {
        foreach (var server in seen.Select(one => one.Server).OfType<StoredServer>())
            if ((await server.FactsAsync(cancel)).Values.OfType<PacemakerFacts>().FirstOrDefault() is { } cluster && cluster.Properties.TryGetValue(FencingLease.Property, out var lease))
                return [$"cluster: {FencingLease.Parse(lease).ShownAt(clock.GetUtcNow())} (seen on {server.Host}): no restore is over before that is; 'relustre fencing resume {server.Host}' gives it back"];
        return [];
    }

    private static IEnumerable<string> Unseen(IReadOnlyList<SeenHost> seen) =>
        from partner in seen.Skip(1)
        where partner.Server is null
        select $"{partner.Name}: its partner could not be seen ({partner.Failure}), so what both share is taken from the backup";
}
