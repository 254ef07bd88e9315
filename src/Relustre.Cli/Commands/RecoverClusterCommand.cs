using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>Brings back a pair of which no server is left, its cluster included.</summary>
internal sealed class RecoverClusterCommand : Verb
{
    private readonly Argument<string> pair = new("PAIR") { Description = "The pair, as site.yaml calls it" };
    private readonly Option<bool> planOnly = new("--plan") { Description = "Print what would be done, and do nothing" };
    private readonly Option<bool> commands = new("--commands") { Description = "The exact command of every step" };
    private readonly Option<string?> at = new("--at") { HelpName = "TIME", Description = "A date: the newest snapshots up to then" };
    private readonly Option<string?> yes = new("--yes") { HelpName = "PAIR", Description = "The pair's name once more, in place of typing it when asked" };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with a recovery that was cut off" };
    private readonly Option<bool> giveUp = new("--give-up") { Description = "End a recovery that was cut off; what was done stays" };
    private readonly PairCardsOption cards = new();
    private readonly GateOption gates = new();

    public RecoverClusterCommand() : base("recover-cluster", "Bring back a pair of which no server is left, and its cluster")
    {
        Add(pair);
        Add(planOnly);
        Add(commands);
        Add(at);
        cards.AddTo(this);
        Add(yes);
        Add(resume);
        Add(giveUp);
        gates.AddTo(this);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Restores one server after the other as 'relustre restore' does, up to the point where kernel and LNet are verified. Then a new, empty cluster of all of them is formed, the newest CIB that their "
            + "backups have (by admin_epoch, epoch and num_updates) is looked over, simulated and brought in with everything held back, and targets start in Lustre's order: MGS, MDT, OST.",
        "It refuses when a server of the pair still runs its cluster: then one server is lost, and 'relustre restore HOST' is the way. It refuses when a server holds a newer CIB than the one that is brought back, "
            + "unless the gate's name is typed: --open-gate no-newer-cib.",
        "Where a network card is known by its name alone, it says so and begins nothing before --nic SERVER:OLD=NEW (as the plan prints it) or --open-gate cards-confirmed. Without a server's name, the card is that of the "
            + "only one that had it: an address always is. What was said is kept with the plan, and holds for --resume.",
        "Each step is noted in a journal before it is done: cut off by whatever, it goes on by --resume. Before the first change all servers are backed up (tag: safety).",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre recover-cluster mds --plan", "every step, and where the servers' copies of the CIB disagree"),
        new("relustre recover-cluster mds", "shows the plan, and asks"),
        new("relustre recover-cluster mds --nic mds1:eth1=ens5 --nic mds2:eth1=ens5", "new cards, where their slots and addresses do not tell which they replace"),
        new("relustre recover-cluster mds --resume", "goes on where it was cut off"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.GateRefused, ExitCode.Drift, ExitCode.NoVault, ExitCode.Locked, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        var name = run.Value(pair)!; // The parser has insisted on it.
        var servers = await ServersAsync(run, site, name, cancel);
        var told = cards.Of(run, [.. servers.Select(server => server.Name)]);
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var book = new RestoreBook(site.RestoresFolder, run.Outside.Clock);
        await using var shells = new HostShells(run.Outside.Clock);
        using var open = book.OpenOf(name) is { } place && !run.Value(planOnly) ? book.Resume(place) : await StartAsync(run, site, vault, shells, book, servers, told, cancel);
        if (open is null)
            return ExitCode.Done;
        if (run.Value(giveUp))
            return GiveUp(open, run.Screen);
        if (told.FirstOrDefault(card => !card.IsIn(open.Plan)) is { } late)
            throw new CommandFailedException($"{late}: a recovery of {name} is open, and which card becomes which was settled when it began: go on without this by 'relustre recover-cluster {name} --resume', or end it by '--give-up' and begin anew", ExitCode.Usage);
        gates.Open(run, open);
        var work = new RecoverPair(vault, IndexOf(site, servers), Ledger.BesideVault(site.VaultFolder), book, run.Outside.Clock);
        var view = new RestoreView(run.Screen) { Resume = $"relustre recover-cluster {name} --resume" };
        view.Begin(open);
        var outcome = await work.RunAsync(open, [.. servers.Select(server => RestoreTrust.HostOf(site, server))], shells, RestoreChoice.OptionsOf(site), view.Report, cancel);
        view.End(open, outcome);
        return RestoreView.CodeOf(outcome);
    }

    private static ExitCode GiveUp(OpenRestore open, Screen screen)
    {
        open.Journal.Note(JournalKind.Ended, text: "given up");
        screen.Line($"the recovery of {open.Plan.Host} is over; what was done stays"
            + (open.Journal.SafetySnapshot is { } before ? $". As they were before: {string.Join(", ", before.Split(' ').Select(id => id[..8]))}" : ""));
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<HostEntry>> ServersAsync(CommandRun run, Site site, string name, CancellationToken cancel)
    {
        var clusters = await PartnersOf.ClustersAsync(run, site, cancel);
        if (clusters.FirstOrDefault(cluster => cluster.Name == name) is { Hosts.Count: > 1 } cluster)
            return [.. cluster.Hosts.Select(host => site.Choose([host])[0])];
        var known = clusters.Where(one => one.Hosts.Count > 1).Select(one => one.Name).ToList();
        throw new CommandFailedException(clusters.FirstOrDefault(one => one.Hosts.Contains(name)) is { Hosts.Count: > 1 } of
            ? $"{name} is one server: 'relustre restore {name}' brings it back, and 'relustre recover-cluster {of.Name}' its whole pair"
            : $"this site has no pair '{name}'{Spelling.DidYouMean(name, known)}: give its servers the same 'pair:' in {SiteFile.Name}", ExitCode.Usage);
    }

    private async Task<OpenRestore?> StartAsync(
        CommandRun run, Site site, BlobVault vault, HostShells shells, RestoreBook book, IReadOnlyList<HostEntry> servers, IReadOnlyList<ToldCard> told, CancellationToken cancel)
    {
        var name = run.Value(pair)!;
        if (run.Value(resume) || run.Value(giveUp))
            throw new CommandFailedException($"no recovery of {name} is open: start one by 'relustre recover-cluster {name}'");
        var planned = await PlanAsync(run, site, vault, shells, servers, told, cancel);
        Show(run, planned);
        if (run.Value(planOnly))
            return null;
        if (planned.Plan.Cards.Count > 0 && !gates.IsTyped(run, CardsConfirmed.GateName))
            throw new CommandFailedException(RestoreCommand.Unconfirmed(planned.Plan, isAgreed: false), ExitCode.GateRefused);
        if ((run.Value(yes) ?? await run.AskAsync($"Type {name} to do this: ", cancel)) != name)
            throw new CommandFailedException($"nothing was done: the name that was typed is not {name}");
        return book.Start(planned.Plan, [.. servers.Select(server => server.Name)]);
    }

    private void Show(CommandRun run, PlannedRecovery planned)
    {
        if (run.Screen.IsJson)
        {
            if (run.Value(planOnly))
                run.Screen.Json(PlanReply.Of(planned.Plan), Replies.Json.PlanReply);
            return;
        }
        CibSheet.Show(planned.Choice, run.Screen);
        PlanSheet.Show(planned.Plan, run.Value(commands), run.Screen);
    }

    private async Task<PlannedRecovery> PlanAsync(CommandRun run, Site site, BlobVault vault, HostShells shells, IReadOnlyList<HostEntry> servers, IReadOnlyList<ToldCard> told, CancellationToken cancel)
    {
        var finder = new SnapshotFinder(await vault.SnapshotsAsync(cancel).ToListAsync(cancel));
        await vault.LoadIndexAsync(cancel);
        var index = IndexOf(site, servers);
        var chosen = new List<(Hosts.Host Host, StoredSnapshot Snapshot)>();
        foreach (var server in servers)
        {
            var snapshot = finder.Find(run.Value(at) is { } time ? $"{server.Name}@{time}" : server.Name);
            chosen.Add(((await RestoreTrust.OfAsync(site, server, [server.Name, run.Value(pair)!], new StoredServer(vault, snapshot), index, shells, run.Outside.Clock, cancel)).Host, snapshot));
        }
        var view = new BackupView(run.Screen, run.HasProgress, [.. servers.Select(server => server.Name)], run.Outside.Clock);
        try
        {
            return await view.WatchAsync(() => new PlanRecovery(vault, index, run.Outside.Clock) { Cards = told }.RunAsync(run.Value(pair)!, chosen, shells, RestoreChoice.OptionsOf(site), view.Report, cancel), cancel);
        }
        catch (StillServingException alive)
        {
            throw new CommandFailedException(alive.Message, ExitCode.GateRefused);
        }
    }

    private static CatalogueIndex IndexOf(Site site, IReadOnlyList<HostEntry> servers) => new(site.CatalogueFor(servers.Any(server => server.SshKeys)));
}
