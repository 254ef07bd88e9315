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
    /// <param name="shells">Those in which the restore was planned, or new ones.</param>
    public async Task<RestoreOutcome> RunAsync(
        OpenRestore restore, Host host, IReadOnlyList<Host> partners, HostShells shells, BackUpOptions options, Action<RestoreEvent> report, CancellationToken cancel)
    {
        await vault.LoadIndexAsync(cancel);
        restore.Journal.Note(JournalKind.Began);
        if (restore.Journal.SafetySnapshot is null)
            restore.Journal.Note(JournalKind.Safety, text: await SecureAsync(shells.Of(host).Through, options, cancel));
        var wanted = new StoredServer(vault, await vault.GetSnapshotAsync(BlobId.Parse(restore.Plan.Snapshot), cancel)
            ?? throw new RestoreException($"snapshot {restore.Plan.Snapshot} is gone from the vault: undo this restore by 'relustre restore {host.Name} --undo'"));
        var view = new GateView { Plan = restore.Plan, Host = shells.Of(host), Partners = [.. partners.Select(shells.Of)], Wanted = await wanted.FactsAsync(cancel), Book = book, Clock = clock };
        var restorer = new Restorer(restore, view, GateBook.All, clock, report)
        {
            LookAgain = (_, stop) => new PlanRestore(vault, index, clock).AgainAsync(view.Host.Through, Through(view.Partners), wanted, restore.Plan.Wish, options, stop),
        };
        if (await restorer.RunAsync(cancel) is not RestoreOutcome.Done and var outcome)
            return outcome;
        report(new RestoreEvent.Auditing());
        // Whether the server can still be reached is part of what it has become.
        await view.Host.HangUpAsync();
        var lease = LeaseAsync(restore, view, cancel);
        var audit = CompareAsync(wanted, view.Host.Through, Through(view.Partners), restore.Plan.Wish, options, cancel);
        await Task.WhenAll((Task)lease, audit);
        if (await lease is { } suspended)
            return suspended;
        if (await audit is RestoreOutcome.Done)
            restore.Journal.Note(JournalKind.Ended);
        return await audit;
    }

    private static IReadOnlyList<Host> Through(IReadOnlyList<HostShell> shells) => [.. shells.Select(shell => shell.Through)];

    // Opened by hand or not: nobody may take a pair for healthy that cannot fence.
    internal static async Task<RestoreOutcome?> LeaseAsync(OpenRestore restore, GateView view, CancellationToken cancel) =>
        restore.Steps.Any(step => step.Stage >= RestoreStage.Rejoin) && await new FencingSuspended().AskAsync(view, cancel) is { IsOpen: false } closed
            ? new RestoreOutcome.Suspended(closed)
            : null;

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
