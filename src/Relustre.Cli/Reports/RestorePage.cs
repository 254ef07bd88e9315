using System.Globalization;
using Relustre.Cli.Output;
using Relustre.Restore;
using Relustre.Snapshots;

namespace Relustre.Cli.Reports;

/// <summary>A restore as one page that needs nothing else: where the time went, and what is left to do.</summary>
internal static class RestorePage
{
    public static string Of(RestoreReport report)
    {
        var html = HtmlReport.Begin($"Restore of {report.Host}");
        html.Element("h1", $"{report.Host} is back");
        html.Element("p", $"From {Units.Time(report.Began)} to {Units.Time(report.Ended)} ({Units.Duration(report.Ended - report.Began)}), as it was at {Units.Time(report.SnapshotTime)} ({report.Snapshot[..8]}). "
            + (report.SafetySnapshot is { } before ? $"What it was before is in snapshot {before[..8]}." : ""), "class=\"dim\"");
        html.Markup("<h2>Where the time went</h2>\n");
        WritePhases(html, report.Phases);
        WriteList(html, "Gates that a person opened", report.OpenedGates);
        WriteList(html, "Left to you", report.ForPeople);
        html.Markup("<h2>What still differs</h2>\n");
        if (report.Findings.Count == 0)
            html.Element("p", "Nothing that was read differs from the snapshot.");
        else
            WriteFindings(html, report.Findings);
        if (report.NewerOnPartner.Count > 0)
        {
            html.Markup("<h2>What the cluster has otherwise by now</h2>\n").Element("p", "The living partner has the same: it won over the older backup.");
            WriteFindings(html, report.NewerOnPartner);
        }
        if (report.NewHardware.Count > 0)
        {
            html.Markup("<h2>What is otherwise on purpose</h2>\n").Element("p", "The server has other cards or disks than it had. A new backup makes this what it should be.");
            WriteFindings(html, report.NewHardware);
        }
        return html.Markup($"<p class=\"dim\">{HtmlText.Escaped(ProgramVersion.Text)}. Secrets were compared and are not in this document.</p></body></html>\n").ToString();
    }

    private static void WritePhases(HtmlText html, IReadOnlyList<PhaseTime> phases)
    {
        var longest = phases.Select(phase => phase.Elapsed.TotalSeconds).DefaultIfEmpty(1).Max();
        html.Markup("<table><thead><tr><th class=\"s\">phase</th><th>steps</th><th>time</th><th></th></tr></thead><tbody>\n");
        foreach (var phase in phases)
        {
            var share = 100 * phase.Elapsed.TotalSeconds / Math.Max(longest, 0.001);
            html.Markup("<tr>").Element("td", phase.Name).Element("td", phase.Steps == 0 ? "" : $"{phase.Steps}").Element("td", Units.Duration(phase.Elapsed))
                .Markup(string.Create(CultureInfo.InvariantCulture, $"<td style=\"width:50%\"><div class=\"config\" style=\"height:.8em;width:{share:0.#}%;background:currentColor\"></div></td></tr>\n"));
        }
        html.Markup("</tbody></table>\n");
    }

    private static void WriteList(HtmlText html, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        html.Element("h2", title).Markup("<ul>");
        foreach (var line in lines)
            html.Element("li", line);
        html.Markup("</ul>\n");
    }

    private static void WriteFindings(HtmlText html, IReadOnlyList<Finding> findings)
    {
        html.Markup("<table><thead><tr><th>risk</th><th class=\"s\">setting</th><th>wanted</th><th>found</th></tr></thead><tbody>\n");
        foreach (var finding in findings)
            html.Markup("<tr>").Markup($"<td><span class=\"chip {RiskWords.Name(finding.Risk)}\">{RiskWords.Words(finding.Risk)}</span></td>")
                .Element("td", $"{finding.Component} {finding.Setting}", "class=\"v\"").Element("td", ReportText.Value(finding.Wanted), "class=\"v\"").Element("td", ReportText.Value(finding.Found), "class=\"v\"").Markup("</tr>\n");
        html.Markup("</tbody></table>\n");
    }
}
