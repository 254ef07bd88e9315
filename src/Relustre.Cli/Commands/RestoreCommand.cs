using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Sites;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Brings a server back.</summary>
internal sealed class RestoreCommand : Verb
{
    private readonly RestoreChoice choice = new();
    private readonly Option<string?> yes = new("--yes") { HelpName = "HOST", Description = "The server's name once more, in place of typing it when asked" };
    private readonly Option<bool> giveUp = new("--give-up") { Description = "End a restore that was cut off; what was done stays" };
    private readonly GateOption gates = new();
    private readonly Option<bool> undo = new("--undo") { Description = "Bring back what the server was before its last restore" };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with a restore that was cut off" };

    private readonly Option<string?> plan = new("--plan") { HelpName = "HASH", Description = "Do what 'relustre plan' printed under this hash, and nothing else" };

    public RestoreCommand() : base("restore", "Bring a server back to what it was, step by step")
    {
        choice.AddTo(this);
        Add(yes);
        Add(resume);
        Add(giveUp);
        gates.AddTo(this);
        Add(undo);
        Add(plan);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Plans as 'relustre plan' does, shows the plan, asks for the server's name, and does it: files, packages, accounts, network, autostart, a reboot where one is needed, "
            + "and the way back into its cluster. Each step is noted in a journal before it is done, so a restore that was cut off, by whatever, goes on by the same command. "
            + "What agrees already is not touched. Before the first change the server is backed up (tag: safety); --undo brings that back.",
        "Packages come back to the release, accounts are merged by name, network profiles name the cards that are there now, and what starts by itself is as it was. "
            + "corosync.conf and its keys come from a living partner where one is seen; a CIB is never written. What is left to a person stands in the plan with its reason.",
        "Gates are asked before every step that could hurt the cluster; one that is closed ends the restore with exit code 21, the reason, and the command to look at it. "
            + "In the end the server is compared with its snapshot; what still differs ends in exit code 20. The report lies beside the journal, in the site's restores/HOST.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre restore mds1", "shows the plan, and asks"),
        new("relustre restore mds1 --yes mds1", "does not ask"),
        new("relustre restore mds1 --plan 51f0c2a98b3d4e67", "does what was read under this hash; refuses if it would be something else by now"),
        new("relustre restore mds1 --except firewall", "all of it but the firewall, which stays as it is"),
        new("relustre restore mds1 --resume", "goes on where it was cut off"),
        new("relustre restore mds1 --resume --open-gate clocks-agree", "goes on through a gate that refuses; the journal and the report name it"),
        new("relustre restore mds1 --undo", "brings back what was there before"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.GateRefused, ExitCode.Drift, ExitCode.NoVault, ExitCode.Locked, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var entry = site.Choose([choice.Host(run)])[0];
        if (run.Value(plan) is not null && (choice.AsksForMore(run) || run.Value(undo)))
            throw new CommandFailedException("--plan says already what is brought back, and how: leave out --at, --only, --except, --stay, --nic and --undo", ExitCode.Usage);
        var book = new RestoreBook(site.RestoresFolder, run.Outside.Clock);
        var work = new RestoreHost(vault, new CatalogueIndex(site.CatalogueFor(entry.SshKeys)), Ledger.BesideVault(site.VaultFolder), book, run.Outside.Clock);
        await using var shells = new HostShells(run.Outside.Clock);
        var view = new RestoreView(run.Screen) { Resume = $"relustre restore {entry.Name} --resume" };
        using var open = book.OpenOf(entry.Name) is { } place && GoesOn(run, place) ? book.Resume(place) : await StartAsync(run, site, vault, shells, book, cancel);
        if (open is null)
            return ExitCode.Done;
        if (run.Value(giveUp))
            return GiveUp(open, run.Screen);
        if (run.Value(plan) is { } agreed && !open.Plan.Hash.StartsWith(agreed, StringComparison.Ordinal))
            throw new CommandFailedException($"a restore of {entry.Name} is open, by plan {open.Plan.Hash[..16]} and not by {agreed}: go on with it by '{view.Resume}', or end it by 'relustre restore {entry.Name} --give-up'");
        if (choice.Unsettled(run, open.Plan.Wish) is { } late)
            throw new CommandFailedException($"{late}: a restore of {entry.Name} is open, and what it does was settled when it began: go on with it by '{view.Resume}', or end it by 'relustre restore {entry.Name} --give-up' and begin anew", ExitCode.Usage);
        gates.Open(run, open);
        view.Begin(open);
        var trusted = RestoreTrust.HostOf(site, entry);
        var outcome = await work.RunAsync(open, trusted, RestoreChoice.PartnersOf(site, entry), shells, RestoreChoice.OptionsOf(site), view.Report, cancel);
        view.End(open, outcome);
        return RestoreView.CodeOf(outcome);
    }

    // An undo that was cut off goes on; of anything else that was cut off, what was done is what is to be undone.
    private bool GoesOn(CommandRun run, string place) => !run.Value(undo) || RestoreBook.PlanOf(place).Wish.Undoes;

    private static void EndOpen(RestoreBook book, string host)
    {
        if (book.OpenOf(host) is not { } place)
            return;
        using var open = book.Resume(place);
        open.Journal.Note(JournalKind.Ended, text: "undone");
    }

    private async Task<PlannedRestore> AgreedAsync(CommandRun run, Site site, Vault.BlobVault vault, HostShells shells, SavedPlan agreed, CancellationToken cancel)
    {
        var planned = await choice.PlanAgainAsync(run, site, vault, shells, agreed, cancel);
        if (planned.Plan.Hash == agreed.Plan.Hash)
            return planned;
        if (planned.Safety is { } unused)
            await unused.ForgetAsync(vault, CancellationToken.None);
        var differences = agreed.DifferencesTo(PlanReply.Of(planned.Plan)).Select(line => $"\n  {Printable.Line(line)}");
        throw new CommandFailedException($"nothing was done: plan {agreed.Plan.Hash[..16]} of {Units.Time(agreed.MadeAt)} is not what would be done now:{string.Concat(differences)}\n"
            + $"Read it anew by 'relustre plan {planned.Plan.Host}', with the same options, and agree to the hash that it prints");
    }

    // Once it has begun, it could not be told any more.
    internal static string Unconfirmed(RestorePlan plan, bool isAgreed) =>
        $"gate {CardsConfirmed.GateName} is closed: nothing was done, since it is not certain which network card is which:"
        + string.Concat(plan.Cards.Select(card => $"\n  {Printable.Line(card.Says)}"))
        + $"\nSay so by the same command with {string.Join(' ', plan.Cards.Select(card => card.Confirm))}{(isAgreed ? " in place of --plan" : "")}, or go through it with '--open-gate {CardsConfirmed.GateName}'";

    private static ExitCode GiveUp(OpenRestore open, Screen screen)
    {
        open.Journal.Note(JournalKind.Ended, text: "given up");
        screen.Line($"the restore of {open.Plan.Host} is over; what was done stays"
            + (open.Journal.SafetySnapshot is { } before ? $". Undo it by: relustre restore {open.Plan.Host} --undo (snapshot {before[..8]})" : ""));
        return ExitCode.Done;
    }

    private async Task<OpenRestore?> StartAsync(CommandRun run, Site site, Vault.BlobVault vault, HostShells shells, RestoreBook book, CancellationToken cancel)
    {
        if (run.Value(resume) || run.Value(giveUp))
            throw new CommandFailedException($"no restore of {choice.Host(run)} is open: start one by 'relustre restore {choice.Host(run)}'");
        var before = run.Value(undo)
            ? book.SafetyOf(choice.Host(run)) ?? throw new CommandFailedException($"no restore of {choice.Host(run)} has changed anything: there is nothing to undo")
            : null;
        var planned = run.Value(plan) is { } hash
            ? await AgreedAsync(run, site, vault, shells, new AgreedPlans(site.PlansFolder).Find(choice.Host(run), hash), cancel)
            : await choice.PlanAsync(run, site, vault, shells, before, isDone: true, cancel);
        OpenRestore? open = null;
        try
        {
            return open = await ConfirmedAsync(run, site, book, planned, before, cancel);
        }
        finally
        {
            if (open?.Journal.SafetySnapshot is null && planned.Safety is { } unused)
                await unused.ForgetAsync(vault, CancellationToken.None);
        }
    }

    private async Task<OpenRestore?> ConfirmedAsync(CommandRun run, Site site, RestoreBook book, PlannedRestore planned, string? before, CancellationToken cancel)
    {
        if (!run.Screen.IsJson)
            PlanSheet.Show(planned.Plan, withCommands: false, run.Screen);
        else if (planned.Plan.Steps.Count == 0)
            run.Screen.Json(PlanReply.Of(planned.Plan), Replies.Json.PlanReply);
        if (planned.Plan.Steps.Count == 0)
        {
            if (before is not null)
                EndOpen(book, planned.Plan.Host);
            return null;
        }
        if (planned.Plan.Cards.Count > 0 && !gates.IsTyped(run, CardsConfirmed.GateName))
            throw new CommandFailedException(Unconfirmed(planned.Plan, run.Value(plan) is not null), ExitCode.GateRefused);
        if ((run.Value(yes) ?? await run.AskAsync($"Type {planned.Plan.Host} to do this: ", cancel)) != planned.Plan.Host)
            throw new CommandFailedException($"nothing was done: the name that was typed is not {planned.Plan.Host}");
        if (before is not null)
            EndOpen(book, planned.Plan.Host);
        var entry = site.Choose([planned.Plan.Host])[0];
        var open = book.Start(planned.Plan, [.. site.File.Hosts.Where(other => other.Pair is not null && other.Pair == entry.Pair).Select(other => other.Name), .. entry.Pair is { } pair ? [pair] : Array.Empty<string>()]);
        // Whoever has thought it over for long gets another one.
        if (planned.Safety is { } safety && run.Outside.Clock.GetUtcNow() - planned.Plan.MadeAt < SafetySnapshot.Holds)
            open.Journal.Note(JournalKind.Safety, text: safety.Snapshot.Id.ToString());
        return open;
    }
}
