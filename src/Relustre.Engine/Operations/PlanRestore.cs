using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Looks at a server and plans how it becomes again what a snapshot says.</summary>
public sealed class PlanRestore(BlobVault vault, CatalogueIndex index, TimeProvider clock)
{
    /// <exception cref="HostException">The server cannot be seen.</exception>
    public async Task<PlannedRestore> RunAsync(
        Host host, StoredSnapshot snapshot, IReadOnlyList<string> only, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        await vault.LoadIndexAsync(cancel);
        await using var look = new LookAtFleet(vault, index, clock);
        var seen = (await look.RunAsync([host], options, report, cancel)).Single();
        if (seen.Server is not { } found)
            throw new RestoreException(seen.Failure ?? $"{host.Name} could not be seen");
        var wanted = new StoredServer(vault, snapshot);
        var plan = await new Planner(index, clock).PlanAsync(wanted, found, only, cancel);
        return new PlannedRestore(plan, await wanted.FactsAsync(cancel), seen.Problems);
    }
}
