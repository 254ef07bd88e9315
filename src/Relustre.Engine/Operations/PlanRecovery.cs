using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Looks at all servers of a pair and plans how it becomes again what their snapshots say; refuses when any of them still serves.</summary>
public sealed class PlanRecovery(BlobVault vault, CatalogueIndex index, TimeProvider clock)
{
    /// <summary>What somebody said of the servers' network cards.</summary>
    public IReadOnlyList<ToldCard> Cards { get; init; } = [];

    /// <exception cref="RestoreException">A server cannot be seen, or there is nothing to recover from.</exception>
    /// <exception cref="StillServingException">A server is alive.</exception>
    public async Task<PlannedRecovery> RunAsync(
        string pair, IReadOnlyList<(Host Host, StoredSnapshot Snapshot)> servers, HostShells shells, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        if (servers.Select(server => server.Host).FirstOrDefault(host => host.Root is not null) is { } tree)
            throw new RestoreException($"{tree.Name} is a file tree, and a cluster is formed by servers that run: 'relustre restore {tree.Name}' brings its files back");
        await vault.LoadIndexAsync(cancel);
        foreach (var (host, _) in servers)
            await RefuseLivingAsync(shells.Of(host), [.. servers.Select(server => server.Host.Name).Where(name => name != host.Name)], cancel);
        await using var look = new LookAtFleet(vault, index, clock);
        var seen = await look.RunAsync([.. servers.Select(server => shells.Of(server.Host).Through)], options, report, cancel);
        if (seen.FirstOrDefault(one => one.Server is null) is { } unseen)
            throw new RestoreException($"{unseen.Failure ?? $"{unseen.Name} could not be seen"}: all servers of the pair must answer ssh before it is recovered");
        IReadOnlyList<LostServer> lost = [.. servers.Zip(seen, (server, found) => new LostServer(new StoredServer(vault, server.Snapshot), found.Server!))];
        lost = await ToldCard.GiveAsync(Cards, lost, cancel);
        var choice = await CibChoice.OfAsync(lost, index, cancel);
        return new PlannedRecovery(await new PairPlanner(index, clock).PlanAsync(pair, lost, choice, cancel), choice, [.. seen.SelectMany(one => one.Problems)]);
    }

    // The partner of a server that lives must not be taken from it: one server comes back by itself.
    private static async Task RefuseLivingAsync(HostShell shell, IReadOnlyList<string> others, CancellationToken cancel)
    {
        GateAnswer? alive;
        try
        {
            alive = await NodeIsIdle.LookAtAsync(shell, cancel);
        }
        catch (HostException lost)
        {
            throw new RestoreException($"{lost.Message}: all servers of the pair must answer ssh before it is recovered");
        }
        if (alive is not null)
            throw new StillServingException($"{alive.Reason}; if {shell.Host.Name} serves, nothing is lost but {string.Join(", ", others)}: 'relustre restore {string.Join(" or ", others)}' brings one server back");
    }
}
