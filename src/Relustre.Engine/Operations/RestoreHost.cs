using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>
/// Does a restore that was planned: first a safety snapshot of the server as it is, then the steps, and in the end an audit of
/// what it has become.
/// </summary>
public sealed class RestoreHost(BlobVault vault, CatalogueIndex index, Ledger ledger, RestoreBook book, TimeProvider clock)
{
    public async Task<RestoreOutcome> RunAsync(
        OpenRestore restore, Host host, IReadOnlyList<Host> partners, BackUpOptions options, Action<RestoreEvent> report, CancellationToken cancel)
    {
        await vault.LoadIndexAsync(cancel);
        restore.Journal.Note(JournalKind.Began);
        if (restore.Journal.SafetySnapshot is null)
            restore.Journal.Note(JournalKind.Safety, text: await SecureAsync(host, options, cancel));
        var wanted = new StoredServer(vault, await vault.GetSnapshotAsync(BlobId.Parse(restore.Plan.Snapshot), cancel)
            ?? throw new RestoreException($"snapshot {restore.Plan.Snapshot} is gone from the vault: undo this restore by 'relustre restore {host.Name} --undo'"));
        await using var shell = new HostShell(host, clock);
        var others = partners.Select(partner => new HostShell(partner, clock)).ToList();
        try
        {
            var view = new GateView { Plan = restore.Plan, Host = shell, Partners = others, Wanted = await wanted.FactsAsync(cancel), Book = book, Clock = clock };
            var restorer = new Restorer(restore, view, GateBook.All, clock, report)
            {
                LookAgain = (_, stop) => new PlanRestore(vault, index, clock).AgainAsync(host, partners, wanted, restore.Plan.Wish, options, stop),
            };
            var outcome = await restorer.RunAsync(cancel);
            if (outcome is RestoreOutcome.Done && await LeaseAsync(restore, view, cancel) is { } lease)
                return lease;
            return outcome is RestoreOutcome.Done ? await FinishAsync(restore, wanted, host, partners, options, report, cancel) : outcome;
        }
        finally
        {
            await Task.WhenAll(others.Select(other => other.DisposeAsync().AsTask()));
        }
    }

    // Opened by hand or not: nobody may take a pair for healthy that cannot fence.
    internal static async Task<RestoreOutcome?> LeaseAsync(OpenRestore restore, GateView view, CancellationToken cancel) =>
        restore.Steps.Any(step => step.Stage >= RestoreStage.Rejoin) && await new FencingSuspended().AskAsync(view, cancel) is { IsOpen: false } closed
            ? new RestoreOutcome.Suspended(closed)
            : null;

    private async Task<RestoreOutcome> FinishAsync(
        OpenRestore restore, StoredServer wanted, Host host, IReadOnlyList<Host> partners, BackUpOptions options, Action<RestoreEvent> report, CancellationToken cancel)
    {
        report(new RestoreEvent.Auditing());
        var outcome = await CompareAsync(wanted, host, partners, restore.Plan.Wish, options, cancel);
        if (outcome is RestoreOutcome.Done)
            restore.Journal.Note(JournalKind.Ended);
        return outcome;
    }

    /// <summary>What a server has become, compared with what it was to become.</summary>
    internal async Task<RestoreOutcome> CompareAsync(StoredServer wanted, Host host, IReadOnlyList<Host> partners, RestoreWish wish, BackUpOptions options, CancellationToken cancel)
    {
        await using var look = new LookAtFleet(vault, index, clock);
        var seen = await look.RunAsync([host], options, _ => { }, cancel);
        if (seen[0].Server is not { } found)
            return new RestoreOutcome.Unaudited(seen[0].Failure ?? $"{host.Name} could not be seen");
        var left = await LeftAsync(null);
        // The partner may explain what is left, and nothing else.
        if (left.Findings.Count > 0 && partners.Count > 0)
            left = await LeftAsync((await look.RunAsync(partners, options, _ => { }, cancel)).Select(other => other.Server).FirstOrDefault(server => server is not null));
        return new RestoreOutcome.Done { Findings = left.Findings, NewerOnPartner = left.NewerOnPartner, NewHardware = left.NewHardware, Problems = seen[0].Problems };

        Task<(IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> NewerOnPartner, IReadOnlyList<Finding> NewHardware)> LeftAsync(StoredServer? partner) =>
            new WhatIsLeft(index).OfAsync(wanted, found, partner, wish, cancel);
    }

    /// <summary>Backs up a server as it is before the first change; the snapshot's id.</summary>
    internal async Task<string> SecureAsync(Host host, BackUpOptions options, CancellationToken cancel) =>
        (await SafetySnapshot.TakeAsync(host, vault, index, ledger, options, clock, _ => { }, cancel)).Snapshot.Id.ToString();
}
