using System.Globalization;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Snapshots;

namespace Relustre.Cli.Reports;

/// <summary>An audit as one page that needs nothing else: no network, no script. To be looked at, mailed, printed and kept.</summary>
internal sealed class HtmlReport(IReadOnlyList<string> components)
{
    // Nothing is fetched and nothing runs, whatever a server's text tries.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private static readonly string style = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!).ReadToEnd(); // It is built in.

    public string Of(AuditReport report)
    {
        var html = Begin($"Audit of {Units.Time(report.At)}");
        WriteHead(html, report);
        WriteExpired(html, report.ExpiredWaivers);
        html.Markup("<h2>Where</h2>\n");
        if (report.Servers.Count > 0 && components.Count > 0)
            new HtmlMatrix(components, report.Servers).Write(html);
        html.Markup("<h2>What</h2>\n");
        if (!report.Findings.Any())
            html.Element("p", report.Servers.Any(server => server.Waived.Count > 0) ? "Nothing that counts: what was found is waived." : "Nothing that was read differs from its baseline.");
        foreach (var risk in report.Findings.GroupBy(finding => finding.Risk))
            WriteRisk(html, risk.Key, [.. risk]);
        WriteWaived(html, [.. report.Servers.SelectMany(server => server.Waived)]);
        html.Markup("<h2>Servers</h2>\n");
        foreach (var (number, server) in report.Servers.Index())
            WriteServer(html, server, number);
        return html.Markup($"<p class=\"dim\">{HtmlText.Escaped(ProgramVersion.Text)}. Secrets were compared and are not in this document.</p></body></html>\n").ToString();
    }

    /// <summary>The beginning of any page of ours.</summary>
    internal static HtmlText Begin(string title) => new HtmlText()
        .Markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .Markup($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\"><title>{HtmlText.Escaped(title)}</title>\n<style>{style}</style></head><body>\n");

    private static void WriteHead(HtmlText html, AuditReport report)
    {
        var findings = report.Findings.ToList();
        var clean = report.Servers.Count(server => server is { Failure: null, Findings: [] });
        var lost = report.Servers.Count(server => server.Failure is not null);
        html.Element("h1", report.Servers is [var only] ? $"Audit of {only.Host}" : $"Audit of {report.Servers.Count} servers");
        html.Element("p", $"{Units.Time(report.At)}: {clean} as they should be, {report.Servers.Count - clean - lost} with findings, {lost} not audited", "class=\"dim\"");
        html.Markup("<div class=\"bar\" aria-hidden=\"true\">");
        foreach (var risk in RiskWords.WorstFirst)
            html.Markup(string.Create(CultureInfo.InvariantCulture, $"<i class=\"{RiskWords.Name(risk)}\" style=\"flex:{findings.Count(finding => finding.Risk == risk)}\"></i>"));
        html.Markup("</div>\n<div class=\"counts\">");
        foreach (var risk in RiskWords.WorstFirst)
        {
            var count = findings.Count(finding => finding.Risk == risk);
            html.Markup($"<div class=\"{RiskWords.Name(risk)}{(count == 0 ? " zero" : "")}\" title=\"{RiskWords.Meaning(risk)}\"><b>{count}</b>{RiskWords.Words(risk)}</div>");
        }
        if (report.Servers.Sum(server => server.Waived.Count) is > 0 and var waived)
            html.Markup($"<div class=\"waived\"><b>{waived}</b>waived</div>");
        html.Markup($"<div class=\"lost{(lost == 0 ? " zero" : "")}\"><b>{lost}</b>not audited</div></div>\n");
    }

    private static void WriteRisk(HtmlText html, Risk risk, IReadOnlyList<Finding> findings)
    {
        html.Markup($"<details open class=\"{RiskWords.Name(risk)}\"><summary><span class=\"chip {RiskWords.Name(risk)}\">{RiskWords.Words(risk)}</span> {Units.Count(findings.Count, "finding")}")
            .Markup($" <span class=\"dim\">{RiskWords.Meaning(risk)}</span></summary>\n");
        foreach (var group in findings.GroupBy(finding => (finding.Component, finding.Rule, finding.Why)))
        {
            html.Element("h3", group.Key.Rule == Finding.Drift ? group.Key.Component : $"{group.Key.Component} ({group.Key.Rule})").Element("p", group.Key.Why);
            html.Markup("<table><thead><tr><th class=\"s\">setting</th><th>wanted</th><th>found</th><th class=\"i\">server</th></tr></thead><tbody>\n");
            foreach (var finding in group)
                WriteFinding(html, finding);
            html.Markup("</tbody></table>\n");
        }
        html.Markup("</details>\n");
    }

    private static void WriteFinding(HtmlText html, Finding finding)
    {
        var (wanted, found) = finding switch
        {
            { IsMoved: true } => (ReportText.Value(finding.Wanted), "the same, in another place"),
            { IsSecret: true, Wanted: not null, Found: not null } => ("(secret)", "(another secret)"),
            _ => (ReportText.Value(finding.Wanted), ReportText.Value(finding.Found)),
        };
        html.Markup("<tr>").Element("td", finding.Setting, "class=\"v\"").Element("td", wanted, "class=\"v\"")
            .Markup("<td class=\"v\">").Text(found).Markup("<br>").Element("span", finding.Consequence ?? "", "class=\"dim\"").Markup("</td>")
            .Markup("<td>").Text(finding.Host).Markup("<br>").Element("code", finding.Id, "class=\"dim\"").Markup("</td></tr>\n");
    }

    private static void WriteExpired(HtmlText html, IReadOnlyList<Waiver> expired)
    {
        if (expired.Count == 0)
            return;
        html.Markup("<div class=\"expired\" role=\"alert\">").Element("h2", $"{Units.Count(expired.Count, "waiver")} EXPIRED").Markup("<ul>");
        foreach (var waiver in expired)
            html.Element("li", ReportText.Expired(waiver));
        html.Markup("</ul></div>\n");
    }

    private static void WriteWaived(HtmlText html, IReadOnlyList<WaivedFinding> waived)
    {
        if (waived.Count == 0)
            return;
        html.Markup("<h2>Waived</h2>\n<details open class=\"waived\"><summary>").Text(Units.Count(waived.Count, "finding"))
            .Markup(" <span class=\"dim\">known, and not counted until a day</span></summary>\n")
            .Markup("<table><thead><tr><th class=\"s\">setting</th><th>change</th><th>waived</th><th class=\"i\">server</th></tr></thead><tbody>\n");
        foreach (var (finding, waiver) in waived)
            html.Markup("<tr>").Element("td", $"{finding.Component} {finding.Setting}", "class=\"v\"").Element("td", ReportText.Change(finding), "class=\"v\"")
                .Element("td", ReportText.Terms(waiver)).Markup("<td>").Text(finding.Host).Markup("<br>").Element("code", finding.Id, "class=\"dim\"").Markup("</td></tr>\n");
        html.Markup("</tbody></table></details>\n");
    }

    private static void WriteServer(HtmlText html, AuditedServer server, int number)
    {
        html.Markup($"<h3 id=\"server{number}\">").Text(server.Host).Markup("</h3>");
        html.Element("p", server switch
        {
            { Failure: { } failure } => $"NOT AUDITED: {failure}",
            { Findings: [] } => "as it should be",
            _ => string.Join(", ", server.Findings.CountBy(finding => finding.Risk).OrderByDescending(count => count.Key).Select(count => $"{count.Value} {RiskWords.Words(count.Key)}")),
        });
        if (server.Waived.Count > 0)
            html.Element("p", $"{server.Waived.Count} more waived");
        if (server.Baseline is { } baseline)
            html.Element("p", $"compared with snapshot {baseline.Id.Short} of {Units.Time(baseline.Record.Time)}{(server.BaselineReason is { } reason ? $": {reason}" : "")}", "class=\"dim\"");
        foreach (var problem in server.Problems)
            html.Element("p", $"not compared: {problem.Subject}: {problem.Message}");
        foreach (var text in server.Texts)
            WriteText(html, text);
    }

    private static void WriteText(HtmlText html, ChangedText text)
    {
        html.Element("p", text.Place).Markup("<pre>");
        foreach (var line in text.Lines)
        {
            var element = line[0] switch { '-' => "del", '+' => "ins", _ => "span" };
            html.Element(element, line.Replace("\t", "        ", StringComparison.Ordinal)).Markup("\n");
        }
        html.Text(text.Note ?? "").Markup("</pre>\n");
    }
}
