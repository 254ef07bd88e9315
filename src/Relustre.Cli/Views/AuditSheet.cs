using Relustre.Audit;
using Relustre.Cli.Help;
using Relustre.Cli.Output;

namespace Relustre.Cli.Views;

/// <summary>
/// An audit for people: worst first, the same thing on many servers once, then a line for every server. It fits a terminal's
/// width; in a pipe it does not depend on one, so that two runs can be compared.
/// </summary>
internal sealed class AuditSheet(Screen screen)
{
    private const int LongestInPipe = 1_000;
    private const int MostHosts = 8;
    private const int MostProblems = 10;

    private readonly int width = screen.IsTerminal ? Math.Max(40, screen.Width) : LongestInPipe;

    public void Show(AuditReport report, Func<Finding, bool> isShown)
    {
        var findings = report.Findings.ToList();
        foreach (var risk in findings.Where(isShown).GroupBy(finding => finding.Risk))
            ShowRisk(risk.Key, [.. risk]);
        foreach (var server in report.Servers)
            ShowTexts(server);
        foreach (var server in report.Servers)
            ShowServer(server);
        if (findings.Count(finding => !isShown(finding)) is > 0 and var hidden)
            screen.Line(($"{Units.Count(hidden, "finding")} below --risk not shown", Tone.Quiet));
        if (report.Servers.Count > 1)
            screen.Line(Total(report, findings));
        Hint(report, findings);
    }

    private void ShowRisk(Risk risk, IReadOnlyList<Finding> findings)
    {
        screen.Line((RiskWords.Words(risk).ToUpperInvariant(), RiskWords.Tone(risk)), ($"  {Units.Count(findings.Count, "finding")}: {RiskWords.Meaning(risk)}", Tone.Quiet));
        foreach (var group in findings.GroupBy(finding => (finding.Component, finding.Rule, finding.Why)))
        {
            screen.Line();
            var rule = group.Key.Rule == Finding.Drift ? "" : $" ({group.Key.Rule})";
            screen.Line(($"  {group.Key.Component}{rule}", Tone.Strong));
            foreach (var line in Wrap.Lines(Shorten.Line(group.Key.Why, LongestInPipe), width - 2))
                screen.Line($"  {line}");
            foreach (var place in SameFinding.In(group).GroupBy(same => same.Place))
            {
                screen.Line($"    {Fit(place.Key, 4)}");
                foreach (var same in place)
                    ShowFinding(same);
            }
        }
        screen.Line();
    }

    private void ShowFinding(SameFinding same)
    {
        if (same.Name.Length > 0)
            screen.Line(("      " + Fit(same.Name, 6), Tone.Strong));
        var finding = same.First;
        if (finding.IsMoved)
            Row("moved", $"as wanted, but in another place: {finding.Wanted}");
        else if (finding is { IsSecret: true, Wanted: not null, Found: not null })
            Row("secret", "another value (neither is shown)");
        else
        {
            Row("wanted", finding.Wanted);
            Row("found", finding.Found);
        }
        if (finding.Consequence is { } consequence)
            Row("then", consequence);
        if (finding.NextStep is { } next)
            Wrapped("next", next);
        var hosts = same.All.Take(MostHosts).Select(one => $"{Shorten.Line(one.Host, 100)} [{one.Id}]");
        var more = same.All.Count > MostHosts ? $" and {Units.Count(same.All.Count - MostHosts, "more server")}" : "";
        var list = string.Join(", ", hosts) + more;
        Wrapped("on", list);
    }

    private void Wrapped(string what, string text)
    {
        foreach (var (index, line) in Wrap.Lines(text, width - 16).Index())
            screen.Line(((index == 0 ? $"        {what,-6}  " : "                ") + line, Tone.Quiet));
    }

    private void Row(string what, string? value) => screen.Line(
        ($"        {what,-6}  ", Tone.Quiet), value is null ? ("(nothing)", Tone.Quiet) : (Fit(value, 16), Tone.Plain));

    private string Fit(string text, int indent) => Shorten.Line(text, Math.Max(20, width - indent));

    private void ShowTexts(AuditedServer server)
    {
        foreach (var text in server.Texts)
        {
            screen.Line(($"--- {server.Host} {Shorten.Line(text.Place, LongestInPipe)}  {WantedOf(server)}", Tone.Strong));
            screen.Line(($"+++ {server.Host} {Shorten.Line(text.Place, LongestInPipe)}  {FoundOf(server)}", Tone.Strong));
            foreach (var line in text.Lines)
                screen.Line((Shorten.Middle(line, LongestInPipe), line[0] switch { '-' => Tone.Warning, '+' => Tone.Good, '@' => Tone.Notice, _ => Tone.Plain }));
            if (text.Note is { } note)
                screen.Line((Shorten.Line(note, LongestInPipe), Tone.Quiet));
            screen.Line();
        }
    }

    private static string WantedOf(AuditedServer server) => server.Baseline is { } baseline ? $"{baseline.Id.Short} {Units.Time(baseline.Record.Time)}" : "";

    private static string FoundOf(AuditedServer server) => server.Found is { } found ? $"{found.Id.Short} {Units.Time(found.Record.Time)}" : "now";

    private void ShowServer(AuditedServer server)
    {
        screen.Line(ServerLine(server));
        foreach (var problem in server.Problems.Take(MostProblems))
            screen.Line(("  not compared: ", Tone.Warning), (Fit($"{problem.Subject}: {problem.Message}", 16), Tone.Plain));
        if (server.Problems.Count > MostProblems)
            screen.Line(($"  not compared: and {server.Problems.Count - MostProblems} more", Tone.Warning));
    }

    private static (string, Tone)[] ServerLine(AuditedServer server) => server switch
    {
        { Failure: { } failure } => [($"{server.Host}: ", Tone.Plain), ("NOT AUDITED", Tone.Alarm), ($": {Shorten.Line(failure, LongestInPipe)}", Tone.Plain)],
        { Findings: [] } => [($"{server.Host}: ", Tone.Plain), (Clean(server), Tone.Good), (WaiverLines.Count(server), Tone.Plain), (Against(server), Tone.Quiet)],
        _ =>
        [
            ($"{server.Host}: {Units.Count(server.Findings.Count, "finding")}, worst: ", Tone.Plain),
            (RiskWords.Words(server.Findings.Max(finding => finding.Risk)), RiskWords.Tone(server.Findings.Max(finding => finding.Risk))),
            (WaiverLines.Count(server), Tone.Plain),
            (Against(server), Tone.Quiet),
        ],
    };

    private static string Clean(AuditedServer server) => server.Found is { } found && found.Id == server.Baseline?.Id
        ? "this snapshot is the baseline itself"
        : server.Problems.Count == 0 ? "as it should be" : "as it should be, as far as it could be read";

    private static string Against(AuditedServer server) => server.Baseline is null
        ? ""
        : $"  (against {WantedOf(server)}{(server.BaselineReason is { } reason ? $": {Shorten.Line(reason, LongestInPipe)}" : "")})";

    private static string Total(AuditReport report, IReadOnlyList<Finding> findings)
    {
        var clean = report.Servers.Count(server => server.Failure is null && server.Findings.Count == 0);
        var failed = report.Servers.Count(server => server.Failure is not null);
        var risks = string.Join(", ", findings.CountBy(finding => finding.Risk).Select(count => $"{count.Value} {RiskWords.Words(count.Key)}"));
        return $"{Units.Count(report.Servers.Count, "server")}: {clean} as they should be, {report.Servers.Count - clean - failed} with findings, {failed} not audited"
            + (risks.Length > 0 ? $" ({risks})" : "");
    }

    private void Hint(AuditReport report, IReadOnlyList<Finding> findings)
    {
        if (!screen.IsTerminal || findings is not [var worst, ..])
            return;
        var hasTexts = report.Servers.Any(server => server.Texts.Count > 0);
        screen.Line((hasTexts ? "Next: " : "Next: add --text to see the lines; ", Tone.Quiet),
            ($"'relustre show {Shorten.Line(worst.Host, 100)} --component {worst.Component}' tells what was backed up", Tone.Quiet));
    }
}
