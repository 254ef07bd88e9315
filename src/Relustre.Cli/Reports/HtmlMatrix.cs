using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Reports;

/// <summary>Servers by components, each cell in the colour of its worst finding: where to look, at one glance.</summary>
internal sealed class HtmlMatrix(IReadOnlyList<string> components, IReadOnlyList<AuditedServer> servers)
{
    private const int Cell = 22, Gap = 2, LetterWidth = 8, MostServers = 400, LongestName = 40;

    // Rows that say nothing are left out first where there are too many.
    private readonly List<(AuditedServer Server, int Number)> rows =
    [
        .. servers.Select((server, number) => (server, number))
            .OrderBy(row => servers.Count > MostServers && row.server is { Failure: null, Findings: [] })
            .Take(MostServers),
    ];

    public void Write(HtmlText html)
    {
        var left = (rows.Max(row => Math.Min(row.Server.Host.Length, LongestName)) + 1) * LetterWidth;
        var top = components.Max(name => name.Length) * LetterWidth * 3 / 4 + 12;
        var width = left + components.Count * (Cell + Gap) + top;
        html.Markup("<div class=\"plot\">").Markup($"<svg width=\"{width}\" height=\"{top + rows.Count * (Cell + Gap)}\" viewBox=\"0 0 {width} {top + rows.Count * (Cell + Gap)}\" role=\"img\" aria-label=\"servers by components, each cell coloured by its worst finding\">");
        foreach (var (column, name) in components.Index())
            html.Markup($"<text transform=\"translate({left + column * (Cell + Gap) + Cell * 2 / 3},{top - 6}) rotate(-45)\">").Text(name).Markup("</text>");
        foreach (var (index, row) in rows.Index())
            WriteRow(html, row, left, top + index * (Cell + Gap));
        html.Markup("</svg></div>\n");
        if (rows.Count < servers.Count)
            html.Element("p", $"{servers.Count - rows.Count} more servers are not drawn", "class=\"dim\"");
    }

    private void WriteRow(HtmlText html, (AuditedServer Server, int Number) row, int left, int y)
    {
        html.Markup($"<a href=\"#server{row.Number}\"><text x=\"0\" y=\"{y + Cell * 2 / 3}\">").Text(Shorten.Line(row.Server.Host, LongestName)).Markup("</text>");
        foreach (var (column, component) in components.Index())
        {
            var findings = row.Server.Findings.Where(finding => finding.Component == component).ToList();
            var waived = row.Server.Waived.Count(one => one.Finding.Component == component);
            var (kind, words) = Words(row.Server, component, findings, waived);
            var x = left + column * (Cell + Gap);
            html.Markup($"<g class=\"{kind}\"><rect x=\"{x}\" y=\"{y}\" width=\"{Cell}\" height=\"{Cell}\" rx=\"3\"/><title>").Text(words).Markup("</title>");
            if (findings.Count > 0)
                html.Markup($"<text class=\"n\" x=\"{x + Cell / 2}\" y=\"{y + Cell * 2 / 3}\">{(findings.Count > 99 ? "99+" : findings.Count)}</text>");
            html.Markup("</g>");
        }
        html.Markup("</a>\n");
    }

    private static (string Kind, string Words) Words(AuditedServer server, string component, List<Finding> findings, int waived) => (server.Failure, findings) switch
    {
        (not null, _) => ("lost", $"{server.Host}: not audited"),
        (_, []) when waived > 0 => ("waived", $"{server.Host}, {component}: {Units.Count(waived, "finding")}, waived"),
        (_, []) => ("ok", $"{server.Host}, {component}: as it should be"),
        _ => (RiskWords.Name(findings.Max(finding => finding.Risk)),
            $"{server.Host}, {component}: {Units.Count(findings.Count, "finding")}, worst: {RiskWords.Words(findings.Max(finding => finding.Risk))}"),
    };
}
