using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Restore;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Prints what a restore would do.</summary>
internal sealed class PlanCommand : Verb
{
    private readonly RestoreChoice choice = new();
    private readonly Option<bool> commands = new("--commands") { Description = "The exact command of every step" };

    public PlanCommand() : base("plan", "Print what a restore would do, step by step")
    {
        choice.AddTo(this);
        Add(commands);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Looks at the server as it is, compares it with its snapshot, and prints every step that a restore would take, in order, with why it is taken. What agrees "
            + "already is not touched. Nothing is changed on the server.",
        "The plan is kept in the site, in plans/HOST, and ends with its hash. 'relustre restore HOST --plan HASH' does what was read, or refuses and says what would differ now.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre plan mds1", "what it would take to bring mds1 back as it was last backed up"),
        new("relustre plan mds1 --at 2026-05-31 --commands", "as it was that day, with the exact commands"),
        new("relustre plan mds1 --nic eth1=ens5", "a new card, where its slot and address do not tell which it replaces"),
        new("relustre plan mds1 --only corosync --only lnet", "two components alone"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        await using var vault = await run.OpenVaultAsync(site, cancel);
        await using var shells = new HostShells(run.Outside.Clock);
        var planned = await choice.PlanAsync(run, site, vault, shells, known: null, isDone: false, cancel);
        var isKept = planned.Plan.Steps.Count > 0 && Keep(planned.Plan, site, run.Screen);
        if (run.Screen.IsJson)
            run.Screen.Json(PlanReply.Of(planned.Plan), Replies.Json.PlanReply);
        else
            PlanSheet.Show(planned.Plan, run.Value(commands), run.Screen);
        if (isKept && !run.Screen.IsJson)
            run.Screen.Line($"do just this, or nothing: relustre restore {planned.Plan.Host} --plan {planned.Plan.Hash[..16]}");
        return ExitCode.Done;
    }

    // Whoever may only read the site may read a plan, too.
    private static bool Keep(RestorePlan plan, Site site, Screen screen)
    {
        try
        {
            new AgreedPlans(site.PlansFolder).Save(plan);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            screen.Warn($"the plan is not kept: {refused.Message}");
            return false;
        }
    }
}
