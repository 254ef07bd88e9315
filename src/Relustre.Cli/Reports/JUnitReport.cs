using System.Globalization;
using System.Text;
using System.Xml;
using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Reports;

/// <summary>
/// An audit as a test run, for pipelines: a suite for every server, a passing test for every component that is as it should
/// be, a failing one for every finding, and a skipped one for every finding that is waived.
/// </summary>
internal sealed class JUnitReport(IReadOnlyList<string> components, Func<Finding, bool> fails)
{
    private const int MostProblems = 50;

    public string Of(AuditReport report)
    {
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "relustre audit");
            List<JUnitCase> expired = [.. report.ExpiredWaivers.Select(waiver => CaseOf(waiver, report))];
            WriteCounts([.. report.Servers.SelectMany(CasesOf), .. expired], xml);
            foreach (var server in report.Servers)
                WriteSuite(server, report.At, xml);
            if (expired.Count > 0)
                WriteWaivers(expired, report.At, xml);
            xml.WriteEndElement();
        }
        return text + "\n";
    }

    private void WriteSuite(AuditedServer server, DateTimeOffset at, XmlWriter xml)
    {
        var cases = CasesOf(server).ToList();
        BeginSuite(server.Host, at, xml);
        WriteCounts(cases, xml);
        if (server.Baseline is { } baseline)
        {
            xml.WriteStartElement("properties");
            Property("baseline", baseline.Id.ToString(), xml);
            Property("baselineTime", Units.Time(baseline.Record.Time), xml);
            if (server.BaselineReason is { } reason)
                Property("baselineReason", reason, xml);
            xml.WriteEndElement();
        }
        foreach (var one in cases)
            WriteCase(server.Host, one, xml);
        xml.WriteEndElement();
    }

    // All of them stand in one suite: one that is about a rule is of no single server.
    private static void WriteWaivers(List<JUnitCase> expired, DateTimeOffset at, XmlWriter xml)
    {
        BeginSuite("expired waivers", at, xml);
        WriteCounts(expired, xml);
        foreach (var one in expired)
            WriteCase("expired waivers", one, xml);
        xml.WriteEndElement();
    }

    private static void BeginSuite(string name, DateTimeOffset at, XmlWriter xml)
    {
        xml.WriteStartElement("testsuite");
        Attribute("name", name, xml);
        Attribute("hostname", name, xml);
        Attribute("timestamp", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), xml);
    }

    // It fails where what it hid fails: a run must not fail in one format and pass in another.
    private JUnitCase CaseOf(Waiver waiver, AuditReport report) => new(
        $"waiver {waiver.Id}: {ReportText.Value(waiver.Subject)}",
        report.Findings.Any(finding => waiver.Covers(finding) && fails(finding)) ? "failure" : "system-err",
        "waiver-expired",
        ReportText.Expired(waiver));

    private IEnumerable<JUnitCase> CasesOf(AuditedServer server)
    {
        if (server.Failure is { } failure)
        {
            yield return new("audit", "error", "not-audited", ReportText.Value(failure));
            yield break;
        }
        foreach (var component in components.Except(Touched(server)))
            yield return new(component, null, "", "");
        foreach (var finding in server.Findings.OrderByDescending(finding => finding.Risk))
            yield return new($"{finding.Component}: {ReportText.Setting(finding)}", fails(finding) ? "failure" : "system-out", RiskWords.Name(finding.Risk), Words(finding));
        foreach (var (finding, waiver) in server.Waived)
            yield return new($"{finding.Component}: {ReportText.Setting(finding)}", "skipped", "waived", $"waived {ReportText.Terms(waiver)}\n{Words(finding)}");
        if (server.Problems.Count > 0)
            yield return new("everything could be read", "error", "not-compared", string.Join('\n',
                server.Problems.Take(MostProblems).Select(problem => Shorten.Line($"{problem.Subject}: {problem.Message}", ReportText.LongestValue))));
    }

    private static IEnumerable<string> Touched(AuditedServer server) =>
        server.Findings.Concat(server.Waived.Select(waived => waived.Finding)).Select(finding => finding.Component);

    private static string Words(Finding finding) =>
        $"{ReportText.Change(finding)}\n{RiskWords.Words(finding.Risk)}: {ReportText.Value(finding.Why)}{(finding.Consequence is { } consequence ? $"\n{ReportText.Value(consequence)}" : "")}\nfinding {finding.Id}, rule {finding.Rule}";

    private static void WriteCase(string host, JUnitCase one, XmlWriter xml)
    {
        xml.WriteStartElement("testcase");
        Attribute("classname", host, xml);
        Attribute("name", one.Name, xml);
        Attribute("time", "0", xml);
        if (one.Result is { } result)
        {
            xml.WriteStartElement(result);
            if (result is not ("system-out" or "system-err"))
                Attribute("message", one.Text.Split('\n')[0], xml);
            if (result is "failure" or "error")
                Attribute("type", one.Type, xml);
            xml.WriteString(string.Join('\n', one.Text.Split('\n').Select(line => Shorten.Line(line, ReportText.LongestValue))));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteCounts(List<JUnitCase> cases, XmlWriter xml)
    {
        Attribute("tests", Number(cases.Count), xml);
        Attribute("failures", Number(cases.Count(one => one.Result == "failure")), xml);
        Attribute("errors", Number(cases.Count(one => one.Result == "error")), xml);
        Attribute("skipped", Number(cases.Count(one => one.Result == "skipped")), xml);
        Attribute("time", "0", xml);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Property(string name, string value, XmlWriter xml)
    {
        xml.WriteStartElement("property");
        Attribute("name", name, xml);
        Attribute("value", value, xml);
        xml.WriteEndElement();
    }

    // XML has no way at all to write some characters.
    private static void Attribute(string name, string value, XmlWriter xml) => xml.WriteAttributeString(name, Shorten.Line(value, ReportText.LongestValue));

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding { get; } = new UTF8Encoding(false);
    }
}
