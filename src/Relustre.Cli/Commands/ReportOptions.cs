using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Cli.Reports;
using Relustre.Cli.Views;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>What every verb that ends in findings can do with them: choose, show, write reports, and say by its exit code how bad it is.</summary>
internal sealed class ReportOptions
{
    public static IReadOnlyList<string> Details { get; } =
    [
        "LEVEL is a risk, from harmless to the worst: cosmetic, config, security, recovery-at-risk, failover-at-risk, data-at-risk; recovery, failover and data are enough. "
            + "--risk chooses what is shown to people. --fail-on chooses what ends in exit code 20; by default everything does.",
        "--sarif, --junit and --html write a report beside the normal output (FILE, readable for its owner only; '-' is standard output and replaces it). "
            + "They and --json have all findings, whatever --risk says. No report holds a secret.",
    ];

    private readonly Option<string> risk = Level("--risk", "Show only findings of this risk and worse");
    private readonly Option<string> failOn = Level("--fail-on", "Exit code 20 only for findings of this risk and worse (default: cosmetic, that is all)");
    private readonly Option<string> component = new("--component") { HelpName = "NAME", Description = "Only findings in this component, as 'relustre show HOST' names them" };
    private readonly Option<bool> text = new("--text") { Description = "Also show how the files differ as text; never of files with secrets" };
    private readonly Option<string> sarif = Report("--sarif", "Write a SARIF 2.1.0 report");
    private readonly Option<string> junit = Report("--junit", "Write a JUnit XML report");
    private readonly Option<string> html = Report("--html", "Write a page to look at, in one file");

    public ReportOptions()
    {
        component.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Component(token.Value) is null)
                result.AddError($"--component: there is no '{token.Value}'{Spelling.DidYouMean(token.Value, Catalogue.BuiltIn.Components.Select(one => one.Name).Append(SitePaths))}");
        });
    }

    // The site's own paths are a component too, which the built-in catalogue has not.
    private const string SitePaths = Components.SiteFiles.ComponentName;

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[risk, failOn, component, text, sarif, junit, html])
            verb.Add(option);
    }

    public bool WithTexts(CommandRun run) => run.Value(text);

    /// <summary>Complains about what cannot be done before any server is asked.</summary>
    public void Check(CommandRun run)
    {
        var documents = new[] { sarif, junit, html }.Count(option => run.Value(option) == "-");
        if (documents > 1 || (documents == 1 && run.Screen.IsJson))
            throw new CommandFailedException("only one answer can go to standard output: give the other a file", ExitCode.Usage);
        foreach (var option in (Option<string>[])[sarif, junit, html])
            if (run.Value(option) is { Length: > 0 } path && path != "-")
                ReportFile.Check(run.FullPath(path));
    }

    /// <summary>Shows the report and writes what was asked for.</summary>
    public ExitCode Tell(CommandRun run, AuditReport whole, IReadOnlyList<string> components, bool listsWaived = false)
    {
        var report = Chosen(run, whole);
        var names = run.Value(component) is { } only ? [only] : components;
        Write(run, sarif, () => SarifReport.Of(report));
        Write(run, junit, () => new JUnitReport(names, finding => Counts(run, finding)).Of(report));
        Write(run, html, () => new HtmlReport(names).Of(report));
        if (run.Screen.IsJson)
            run.Screen.Json(AuditReply.Of(report), Replies.Json.AuditReply);
        else if (!new[] { sarif, junit, html }.Any(option => run.Value(option) == "-"))
            Show(run, report, listsWaived);
        return CodeOf(run, report);
    }

    private void Show(CommandRun run, AuditReport report, bool listsWaived)
    {
        if (listsWaived)
            WaiverLines.Show([.. report.Servers.SelectMany(server => server.Waived)], run.Screen);
        new AuditSheet(run.Screen).Show(report, finding => finding.Risk >= Threshold(run, risk));
    }

    private AuditReport Chosen(CommandRun run, AuditReport report) => run.Value(component) is not { } only ? report : report with
    {
        Servers =
        [
            .. report.Servers.Select(server => server with
            {
                Findings = [.. server.Findings.Where(finding => finding.Component == only)],
                Waived = [.. server.Waived.Where(waived => waived.Finding.Component == only)],
                Texts = [.. server.Texts.Where(one => one.Component == only)],
            }),
        ],
    };

    private static void Write(CommandRun run, Option<string> option, Func<string> document)
    {
        switch (run.Value(option))
        {
            case null:
                return;
            case "-":
                run.Screen.Text(document());
                return;
            case var path:
                ReportFile.Write(run.FullPath(path), document());
                run.Screen.Note($"{option.Name[2..]} report: {run.FullPath(path)}");
                return;
        }
    }

    private ExitCode CodeOf(CommandRun run, AuditReport report)
    {
        if (report.Servers.Count > 0 && report.Servers.All(server => server.Failure is not null))
            return ExitCode.Failed;
        if (!report.IsWhole || report.Servers.Any(server => server.Problems.Count > 0))
            return ExitCode.SomeHostsFailed;
        return report.Findings.Any(finding => Counts(run, finding)) ? ExitCode.Drift : ExitCode.Done;
    }

    private bool Counts(CommandRun run, Finding finding) => finding.Risk >= Threshold(run, failOn);

    private static Risk Threshold(CommandRun run, Option<string> option) => run.Value(option) is { } word ? RiskWords.Parse(word) ?? Risk.Cosmetic : Risk.Cosmetic;

    private static string? Component(string name) =>
        name == SitePaths ? name : Catalogue.BuiltIn.Components.FirstOrDefault(one => one.Name == name)?.Name;

    private static Option<string> Report(string name, string description) => new(name) { HelpName = "FILE", Description = description };

    private static Option<string> Level(string name, string description)
    {
        var option = new Option<string>(name) { HelpName = "LEVEL", Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && RiskWords.Parse(token.Value) is null)
                result.AddError($"{name}: '{token.Value}' is no risk{Spelling.DidYouMean(token.Value, RiskWords.WorstFirst.Select(RiskWords.Name))}; "
                    + $"one of: {string.Join(", ", RiskWords.WorstFirst.Select(RiskWords.Name))}");
        });
        return option;
    }
}
