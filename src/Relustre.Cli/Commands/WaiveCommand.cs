using System.CommandLine;
using System.Globalization;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Rules;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Passes over findings for a time.</summary>
internal sealed class WaiveCommand : Verb
{
    private const int LongestDays = 366;

    private readonly Argument<string[]> ids = new("ID") { Description = "Findings of the last audit, by the digits at their beginning", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> rule = new("--rule") { HelpName = "NAME", Description = "Waive all findings of this rule instead" };
    private readonly Option<string?> host = new("--host") { HelpName = "HOST", Description = "Only on this server (with --rule)" };
    private readonly Option<string?> reason = DecisionText.Option("--reason", "TEXT", "Why it may stay so for a while (required)");
    private readonly Option<string?> owner = DecisionText.Option("--owner", "NAME", "Who sees to it (you by default)");
    private readonly Option<string?> until = new("--until") { HelpName = "DATE", Description = "Its last day, such as 2026-12-31; at most a year ahead (required)" };

    public WaiveCommand() : base("waive", "Pass over findings for a time")
    {
        Add(ids);
        foreach (var option in new Option[] { rule, host, reason, owner, until })
            Add(option);
        Add(new WaiveListCommand());
        Add(new WaiveRemoveCommand());
    }

    public override IReadOnlyList<string> Details =>
    [
        "A waived finding does not count in an audit, and is never dropped: it is counted in its server's line and listed with 'relustre audit --waived'. When its "
            + "last day (universal time) is over it counts again, and every audit says that the waiver has expired.",
        "A waiver by ID is for this setting with this value: another value is another finding. Of a secret it covers every value, since none is written down.",
        "Kept beside the vault, with who, when and on which machine: it holds for everybody who works with this vault.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre waive 3f8a11c09d2e --reason 'new disk ordered' --until 2026-12-31", "one finding"),
        new("relustre waive --rule certificate-expiry --host mds1 --reason 'new ones come in May' --until 2026-05-31", "a rule, on one server"),
        new("relustre waive list", "what is waived, and until when"),
        new("relustre waive remove w1a2b3c4d", "it counts again at once"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault];

    public override Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var wanted = run.Value(ids) ?? [];
        if (wanted.Length > 0 == run.Value(rule) is not null)
            throw Usage("give the ID of a finding, or --rule NAME, and not both");
        if (run.Value(host) is not null && run.Value(rule) is null)
            throw Usage("--host goes with --rule: a finding knows its server");
        var day = Until(run);
        var template = Decision.Of(DecisionKind.Waived, run.Author, run.Outside.Clock.GetUtcNow()) with
        {
            Reason = run.Value(reason) ?? throw Usage("--reason is missing: say why it may stay so"),
            Owner = run.Value(owner) ?? run.Author.By,
            Until = day,
        };
        var site = run.OpenSite();
        IReadOnlyList<Decision> waived = run.Value(rule) is { } name
            ? [OfRule(site, template, name, run.Value(host))]
            : [.. FindingLookup.Find(site, wanted).Select(found => OfFinding(run, template, found.Finding))];
        CommandRun.DecisionsOf(site).Note(waived);
        Tell(run.Screen, waived);
        return Task.FromResult(ExitCode.Done);
    }

    private static Decision OfRule(Site site, Decision template, string name, string? host)
    {
        if (name == Finding.Drift)
            throw Usage($"'{Finding.Drift}' is every change there can be: waive findings by their ids, or accept the server's state with 'relustre accept'");
        CheckRule(name);
        return template with { Rule = name, Host = host is null ? null : site.Choose([host])[0].Name };
    }

    // One that is misspelt would hide nothing, and nobody would be told.
    private static void CheckRule(string name)
    {
        string[] names = [.. RuleBook.BuiltIn.Rules.Select(rule => rule.Name), PartnerComparison.Rule];
        if (!names.Contains(name, StringComparer.Ordinal))
            throw Usage($"--rule: there is no rule '{Shorten.Line(name, 100)}'{Spelling.DidYouMean(name, names)}\nThe rules are: {string.Join(", ", names.Order(StringComparer.Ordinal))}");
    }

    private static Decision OfFinding(CommandRun run, Decision template, Finding finding)
    {
        if (finding.IsSecret)
            run.Screen.Note($"finding {finding.Id} is about a secret: the waiver covers every value of it");
        // Each has an id of its own.
        return Decision.Of(DecisionKind.Waived, run.Author, template.At) with
        {
            Host = finding.Host,
            Finding = finding,
            Reason = template.Reason,
            Owner = template.Owner,
            Until = template.Until,
        };
    }

    private DateOnly Until(CommandRun run)
    {
        if (run.Value(until) is not { } text)
            throw Usage("--until is missing: a waiver ends some day");
        var today = DateOnly.FromDateTime(run.Outside.Clock.GetUtcNow().UtcDateTime);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw Usage($"--until: '{text}' is no date such as {Units.Day(today.AddDays(30))}");
        if (day < today)
            throw Usage($"--until: {text} is over (today is {Units.Day(today)}, in universal time)");
        return day <= today.AddDays(LongestDays) ? day : throw Usage($"--until: {text} is more than a year ahead; the last day is {Units.Day(today.AddDays(LongestDays))}");
    }

    private static void Tell(Screen screen, IReadOnlyList<Decision> waived)
    {
        if (screen.IsJson)
            screen.Json([.. waived.Select(decision => WaiverReply.Of(new Waiver(decision), isExpired: false))], Replies.Json.ListWaiverReply);
        else
            foreach (var waiver in waived.Select(decision => new Waiver(decision)))
                screen.Line($"{waiver.Id}: waived until {Units.Day(waiver.Until)}: {waiver.Subject}");
    }

    private static CommandFailedException Usage(string message) => new($"{message}\nSee 'relustre waive --help'", ExitCode.Usage);
}
