using System.Text;
using System.Text.Json;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Snapshots;

namespace Relustre.Cli.Reports;

/// <summary>An audit as SARIF 2.1.0, for whatever collects the results of many tools.</summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>A change of what goes into a finding's id would be a new name here, so that old results are not taken for others.</summary>
    private const string Fingerprint = "relustreFinding/v1";

    public static string Of(AuditReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JsonText.Options().Encoder, Indented = true }))
            Write(report, json);
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(AuditReport report, Utf8JsonWriter json)
    {
        var findings = report.Findings.ToList();
        WaivedFinding[] waived = [.. report.Servers.SelectMany(server => server.Waived)];
        var rules = findings.Concat(waived.Select(one => one.Finding)).GroupBy(finding => finding.Rule).Select(rule => (Name: rule.Key, Risk: rule.Max(finding => finding.Risk)))
            .OrderBy(rule => rule.Name, StringComparer.Ordinal).ToList();
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(rules, json);
        WriteInvocation(report, json);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (var finding in findings)
            WriteResult(finding, rules.FindIndex(rule => rule.Name == finding.Rule), null, json);
        foreach (var (finding, waiver) in waived)
            WriteResult(finding, rules.FindIndex(rule => rule.Name == finding.Rule), waiver, json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(IEnumerable<(string Name, Risk Risk)> rules, Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "relustre");
        json.WriteString("version", ProgramVersion.Text.Split(' ')[^1]);
        json.WriteStartArray("rules");
        foreach (var (name, risk) in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", name);
            WriteText("shortDescription", name == Finding.Drift ? "A setting is not as the server's baseline has it" : name.Replace('-', ' '), json);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(risk));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What could not be read is told, so that no finding does not look like nothing to find.
    private static void WriteInvocation(AuditReport report, Utf8JsonWriter json)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.IsWhole);
        json.WriteString("endTimeUtc", report.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var server in report.Servers)
        {
            if (server.Failure is { } failure)
                WriteNotification("error", $"{server.Host}: {failure}", json);
            foreach (var problem in server.Problems)
                WriteNotification("warning", $"{server.Host}: {problem.Subject}: {problem.Message}", json);
        }
        foreach (var waiver in report.ExpiredWaivers)
            WriteNotification("warning", ReportText.Expired(waiver), json);
        json.WriteEndArray();
        WriteBaselines(report, json);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // What each server was compared with, and why with that.
    private static void WriteBaselines(AuditReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject("properties");
        json.WriteStartArray("baselines");
        foreach (var server in report.Servers)
            if (server.Baseline is { } baseline)
            {
                json.WriteStartObject();
                json.WriteString("host", ReportText.Value(server.Host));
                json.WriteString("snapshot", baseline.Id.ToString());
                json.WriteString("time", baseline.Record.Time.UtcDateTime);
                if (server.BaselineReason is { } reason)
                    json.WriteString("reason", ReportText.Value(reason));
                json.WriteEndObject();
            }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNotification(string level, string text, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteText("message", Shorten.Line(text, ReportText.LongestValue), json);
        json.WriteEndObject();
    }

    private static void WriteResult(Finding finding, int rule, Waiver? waiver, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("kind", "fail");
        json.WriteString("level", Level(finding.Risk));
        WriteText("message", ReportText.Message(finding), json);
        WriteLocation(finding, json);
        json.WriteStartObject("partialFingerprints");
        json.WriteString(Fingerprint, finding.Id);
        json.WriteEndObject();
        if (waiver is not null)
            WriteSuppression(waiver, json);
        json.WriteStartObject("properties");
        json.WriteString("host", ReportText.Value(finding.Host));
        json.WriteString("component", finding.Component);
        json.WriteString("setting", ReportText.Setting(finding));
        if (finding.Wanted is { } wanted)
            json.WriteString("wanted", ReportText.Value(wanted));
        if (finding.Found is { } found)
            json.WriteString("found", ReportText.Value(found));
        json.WriteBoolean("isSecret", finding.IsSecret);
        json.WriteBoolean("isMoved", finding.IsMoved);
        json.WriteString("risk", RiskWords.Name(finding.Risk));
        json.WriteString("why", ReportText.Value(finding.Why));
        if (finding.Consequence is { } consequence)
            json.WriteString("consequence", ReportText.Value(consequence));
        if (finding.NextStep is { } next)
            json.WriteString("nextStep", ReportText.Value(next));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Not in the audited files themselves but beside the vault: external.
    private static void WriteSuppression(Waiver waiver, Utf8JsonWriter json)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("status", "accepted");
        json.WriteString("justification", ReportText.Value(waiver.Decision.Reason));
        json.WriteStartObject("properties");
        json.WriteString("waiver", waiver.Id);
        json.WriteString("owner", ReportText.Value(waiver.Decision.Owner));
        json.WriteString("until", Units.Day(waiver.Until));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLocation(Finding finding, Utf8JsonWriter json)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        // Some collectors show nothing that has no file: the server's name is the topmost folder.
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Address(finding));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", ReportText.Setting(finding));
        json.WriteString("fullyQualifiedName", $"{ReportText.Value(finding.Host)}/{finding.Component}/{ReportText.Setting(finding)}");
        json.WriteString("kind", "member");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Address(Finding finding)
    {
        var place = new Setting(finding.Setting, "").Place;
        var path = place.StartsWith('/') ? place : $"/{finding.Component}/{place}";
        return string.Join('/', $"{finding.Host}{path}".Split('/').Select(name => Uri.EscapeDataString(Shorten.Line(name, ReportText.LongestValue))));
    }

    private static void WriteText(string name, string text, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(Risk risk) => risk switch
    {
        Risk.Cosmetic => "note",
        Risk.Config => "warning",
        _ => "error",
    };
}
