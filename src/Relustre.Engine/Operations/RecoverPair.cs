using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>
/// Does the recovery of a pair that was planned: first safety snapshots of all its servers as they are, then the steps, and in the end
/// an audit of each.
/// </summary>
public sealed class RecoverPair(BlobVault vault, CatalogueIndex index, Ledger ledger, RestoreBook book, TimeProvider clock)
{
    private readonly RestoreHost single = new(vault, index, ledger, book, clock);

    /// <param name="hosts">All servers of the plan.</param>
    /// <param name="shells">Those in which the recovery was planned, or new ones.</param>
    public async Task<RestoreOutcome> RunAsync(OpenRestore restore, IReadOnlyList<Host> hosts, HostShells shells, BackUpOptions options, Action<RestoreEvent> report, CancellationToken cancel)
    {
        await vault.LoadIndexAsync(cancel);
        IReadOnlyList<HostShell> ordered = [.. restore.Plan.Servers.Select(server => shells.Of(hosts.FirstOrDefault(host => host.Name == server.Host)
            ?? throw new RestoreException($"{server.Host} is no server of this site any more: add it again by 'relustre host add {server.Host} --pair {restore.Plan.Host}'")))];
        restore.Journal.Note(JournalKind.Began);
        if (restore.Journal.SafetySnapshot is null)
            restore.Journal.Note(JournalKind.Safety, text: string.Join(' ', await SecureAsync(ordered, options, cancel)));
        var wanted = await WantedAsync(restore.Plan, cancel);
        var views = await ViewsAsync(restore.Plan, wanted, ordered, cancel);
        var outcome = await RestorerOf(restore, wanted, ordered, views, options, report).RunAsync(cancel);
        if (outcome is RestoreOutcome.Done && await RestoreHost.LeaseAsync(restore, views[0], cancel) is { } lease)
            return lease;
        return outcome is RestoreOutcome.Done ? await FinishAsync(restore, wanted, ordered, options, report, cancel) : outcome;
    }

    private Restorer RestorerOf(
        OpenRestore restore, IReadOnlyList<StoredServer> wanted, IReadOnlyList<HostShell> shells, IReadOnlyList<GateView> views, BackUpOptions options, Action<RestoreEvent> report) =>
        new(restore, views[0], GateBook.All, clock, report)
        {
            Turned = [.. views.Skip(1)],
            LookAgain = (step, stop) => AgainAsync(restore.Plan, shells.First(shell => shell.Host.Name == step.On).Through, wanted, options, stop),
        };

    private async Task<IReadOnlyList<PlannedStep>> AgainAsync(RestorePlan plan, Host host, IReadOnlyList<StoredServer> wanted, BackUpOptions options, CancellationToken cancel)
    {
        await using var look = new LookAtFleet(vault, index, clock);
        var seen = (await look.RunAsync([host], options, _ => { }, cancel)).Single();
        return seen.Server is { } found
            ? await new PairPlanner(index, clock).AgainAsync(new LostServer(wanted.First(server => server.Host == host.Name), found) { Macs = plan.WishOf(host.Name).Macs }, wanted[0], cancel)
            : throw new RestoreException(seen.Failure ?? $"{host.Name} could not be seen");
    }

    private async Task<IReadOnlyList<GateView>> ViewsAsync(RestorePlan plan, IReadOnlyList<StoredServer> wanted, IReadOnlyList<HostShell> shells, CancellationToken cancel)
    {
        var views = new List<GateView>();
        foreach (var (at, shell) in shells.Index())
            views.Add(new GateView { Plan = OfOne(plan, shell.Host.Name), Host = shell, Partners = [.. shells.Where(other => other != shell)], Wanted = await wanted[at].FactsAsync(cancel), Book = book, Clock = clock });
        return views;
    }

    // A gate looks at what is done on its own server.
    private static RestorePlan OfOne(RestorePlan plan, string host) =>
        plan with { Host = host, Steps = [.. plan.Steps.Where(step => step.On == host).Select(step => step with { On = null })] };

    private async Task<IReadOnlyList<StoredServer>> WantedAsync(RestorePlan plan, CancellationToken cancel)
    {
        var servers = new List<StoredServer>();
        foreach (var server in plan.Servers)
            servers.Add(new StoredServer(vault, await vault.GetSnapshotAsync(BlobId.Parse(server.Snapshot), cancel)
                ?? throw new RestoreException($"snapshot {server.Snapshot} of {server.Host} is gone from the vault: end this recovery by 'relustre recover-cluster {plan.Host} --give-up'")));
        return servers;
    }

    private async Task<RestoreOutcome> FinishAsync(
        OpenRestore restore, IReadOnlyList<StoredServer> wanted, IReadOnlyList<HostShell> shells, BackUpOptions options, Action<RestoreEvent> report, CancellationToken cancel)
    {
        report(new RestoreEvent.Auditing());
        var (findings, parts, problems) = (new List<Finding>(), new List<Finding>(), new List<ManifestProblem>());
        foreach (var (at, shell) in shells.Index())
        {
            await shell.HangUpAsync();
            var host = shell.Host;
            if (await single.CompareAsync(wanted[at], host, [], restore.Plan.WishOf(host.Name), options, cancel) is not RestoreOutcome.Done done)
                return new RestoreOutcome.Unaudited($"{host.Name} could not be seen");
            findings.AddRange(done.Findings);
            parts.AddRange(done.NewHardware);
            problems.AddRange(done.Problems);
        }
        restore.Journal.Note(JournalKind.Ended);
        return new RestoreOutcome.Done { Findings = [.. findings.OrderByDescending(finding => finding.Risk)], NewHardware = parts, Problems = problems };
    }

    private async Task<IReadOnlyList<string>> SecureAsync(IReadOnlyList<HostShell> shells, BackUpOptions options, CancellationToken cancel)
    {
        var snapshots = new List<string>();
        foreach (var shell in shells)
            snapshots.Add(await single.SecureAsync(shell.Through, options, cancel));
        return snapshots;
    }
}
