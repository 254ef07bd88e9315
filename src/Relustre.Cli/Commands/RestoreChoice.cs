using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Restore;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>What <c>plan</c> and <c>restore</c> are told: which server, from when, which parts of it.</summary>
internal sealed class RestoreChoice
{
    private readonly Argument<string> host = new("HOST") { Description = "The server to bring back" };
    private readonly Option<string?> at = new("--at") { HelpName = "TIME", Description = "A date, or a snapshot (the server's newest by default)" };
    private readonly Option<string[]> only = new("--only") { HelpName = "COMPONENT", Description = "This component alone; can be repeated", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> except = new("--except") { HelpName = "COMPONENT", Description = "All but this component, which stays as it is; can be repeated", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> stay = new("--stay") { Description = "Leave targets where they are served now; by default they come home" };

    private readonly Option<string[]> nic = new("--nic") { HelpName = "OLD=NEW", Description = "Which card takes the place of which, by names or MAC addresses; can be repeated", Arity = ArgumentArity.OneOrMore };

    public void AddTo(Verb verb)
    {
        verb.Add(host);
        verb.Add(at);
        verb.Add(only);
        verb.Add(except);
        verb.Add(stay);
        verb.Add(nic);
    }

    public string Host(CommandRun run) => run.Value(host)!; // The parser has insisted on it.

    /// <summary>Something that a plan which was read says itself was asked for anew.</summary>
    public bool AsksForMore(CommandRun run) => run.Value(at) is not null || run.Value(only) is { Length: > 0 } || run.Value(except) is { Length: > 0 } || run.Value(stay) || run.Value(nic) is { Length: > 0 };

    /// <summary>What is asked for that a restore which is open does not do; null: it does all of it, or nothing was said.</summary>
    public string? Unsettled(CommandRun run, RestoreWish settled) =>
        run.Value(only) is { Length: > 0 } parts && !settled.Only.ToHashSet().SetEquals(parts) ? $"--only {string.Join(" --only ", parts)}"
        : run.Value(except) is { Length: > 0 } rest && !settled.Except.ToHashSet().SetEquals(rest) ? $"--except {string.Join(" --except ", rest)}"
        : run.Value(stay) && !settled.LeavesTargets ? "--stay"
        : CardsOf(run).Where(card => settled.Macs.GetValueOrDefault(card.Key) != card.Value).Select(card => $"--nic {card.Key}={card.Value}").FirstOrDefault();

    /// <summary>What a plan that was read comes to now; the server as it is becomes its safety snapshot.</summary>
    public Task<PlannedRestore> PlanAgainAsync(CommandRun run, Site site, BlobVault vault, HostShells shells, SavedPlan agreed, CancellationToken cancel) =>
        PlanAsync(run, site, vault, shells, agreed.Plan.Snapshot, agreed.Wish, isDone: true, cancel);

    /// <param name="known">The snapshot of before another restore, which counts in place of what was asked for; null: this undoes none.</param>
    /// <param name="isDone">It is to be done, so the server as it is becomes its safety snapshot.</param>
    public Task<PlannedRestore> PlanAsync(CommandRun run, Site site, BlobVault vault, HostShells shells, string? known, bool isDone, CancellationToken cancel) =>
        PlanAsync(run, site, vault, shells, known ?? run.Value(at), new RestoreWish { Only = run.Value(only) ?? [], Except = run.Value(except) ?? [], LeavesTargets = run.Value(stay), Undoes = known is not null, Macs = CardsOf(run) }, isDone, cancel);

    private async Task<PlannedRestore> PlanAsync(CommandRun run, Site site, BlobVault vault, HostShells shells, string? time, RestoreWish wish, bool isDone, CancellationToken cancel)
    {
        if (site.Choose([Host(run)]) is not [var entry])
            throw new CommandFailedException($"{Host(run)} is a pair: restore one server at a time", ExitCode.Usage);
        var index = new CatalogueIndex(site.CatalogueFor(entry.SshKeys));
        foreach (var name in wish.Only.Concat(wish.Except))
            _ = ComponentName.Find(index.Catalogue, name);
        var snapshot = await SnapshotAsync(time, entry.Name, vault, cancel);
        var partners = PartnersOf(site, entry).Select(shells.Of).ToList();
        foreach (var partner in partners)
            partner.Begin(cancel);
        var view = new BackupView(run.Screen, run.HasProgress, [entry.Name, .. partners.Select(partner => partner.Host.Name)], run.Outside.Clock);
        var trust = await RestoreTrust.OfAsync(site, entry, [entry.Name, .. entry.Pair is { } pair ? [pair] : Array.Empty<string>()], new StoredServer(vault, snapshot), index, shells, run.Outside.Clock, cancel);
        return await view.WatchAsync(() => new PlanRestore(vault, index, run.Outside.Clock) { Ledger = isDone ? Ledger.BesideVault(site.VaultFolder) : null }
            .RunAsync(shells.Of(trust.Host).Through, [.. partners.Select(partner => partner.Through)], snapshot, wish, OptionsOf(site), view.Report, cancel), cancel);
    }

    /// <summary>The other servers of its pair.</summary>
    public static IReadOnlyList<Host> PartnersOf(Site site, HostEntry entry) =>
        [.. site.File.Hosts.Where(other => other.Pair is not null && other.Pair == entry.Pair && other.Name != entry.Name).Select(site.HostOf)];

    public static BackUpOptions OptionsOf(Site site) => new() { MemoryFolder = site.MemoryFolder, Parallel = site.File.Parallel, Limits = site.Limits };

    private Dictionary<string, string> CardsOf(CommandRun run)
    {
        var told = new Dictionary<string, string>();
        foreach (var pair in run.Value(nic) ?? [])
            if (pair.Split('=') is not [{ Length: > 0 } old, { Length: > 0 } card] || !told.TryAdd(old, card))
                throw new CommandFailedException($"--nic {pair}: say it once for each card, as --nic eth0=ens5 or --nic 00:25:90:aa:bb:01=52:54:00:12:34:56", ExitCode.Usage);
        return told;
    }

    private static async Task<StoredSnapshot> SnapshotAsync(string? time, string name, BlobVault vault, CancellationToken cancel)
    {
        var finder = new SnapshotFinder(await vault.SnapshotsAsync(cancel).ToListAsync(cancel));
        if (time is null)
            return finder.Find(name);
        try
        {
            return finder.Find($"{name}@{time}");
        }
        catch (SnapshotNotFoundException)
        {
            return finder.Find(time);
        }
    }
}
