using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Does a restore that was planned: first a safety snapshot of the server as it is, then the steps.</summary>
public sealed class RestoreHost(BlobVault vault, CatalogueIndex index, Ledger ledger, TimeProvider clock)
{
    public async Task<RestoreOutcome> RunAsync(
        OpenRestore restore, Host host, IReadOnlyList<Host> partners, BackUpOptions options, Action<RestoreEvent> report, CancellationToken cancel)
    {
        await vault.LoadIndexAsync(cancel);
        if (restore.Journal.SafetySnapshot is null)
            restore.Journal.Note(JournalKind.Safety, text: await SecureAsync(host, options, cancel));
        var wanted = await vault.GetSnapshotAsync(BlobId.Parse(restore.Plan.Snapshot), cancel)
            ?? throw new RestoreException($"snapshot {restore.Plan.Snapshot} is gone from the vault: undo this restore by 'relustre restore {host.Name} --give-up', and plan again");
        var view = new GateView
        {
            Plan = restore.Plan,
            Host = new HostShell(host, clock),
            Partners = [.. partners.Select(partner => new HostShell(partner, clock))],
            Wanted = await new StoredServer(vault, wanted).FactsAsync(cancel),
        };
        var outcome = await new Restorer(restore, view, GateBook.All, clock, report).RunAsync(cancel);
        if (outcome is RestoreOutcome.Done)
            restore.Journal.Note(JournalKind.Ended);
        return outcome;
    }

    private async Task<string> SecureAsync(Host host, BackUpOptions options, CancellationToken cancel)
    {
        var outcomes = await new BackUpFleet(vault, index, ledger, clock)
            .RunAsync([host], options with { Tags = [SnapshotFinder.SafetyTag] }, _ => { }, cancel);
        return outcomes.Single() switch
        {
            HostOutcome.BackedUp stored => stored.Snapshot.ToString(),
            HostOutcome.Unchanged unchanged => unchanged.Snapshot.ToString(),
            HostOutcome.Failed failed => throw new RestoreException($"no safety snapshot, so nothing was changed: {failed.Message}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
