using System.Globalization;
using System.Text.Json;
using Relustre.Cli.Output;
using Relustre.Cli.Reports;
using Relustre.Restore;

namespace Relustre.Cli.Views;

/// <summary>A finished restore's report, beside its journal: for people, for programs, and to look at.</summary>
internal static class RestoreReportFiles
{
    public static IReadOnlyList<string> TextOf(RestoreReport report) =>
    [
        $"{report.Host} is back as it was at {Units.Time(report.SnapshotTime)} ({report.Snapshot[..8]}), in {Units.Duration(report.Ended - report.Began)}",
        .. from phase in report.Phases select string.Create(CultureInfo.InvariantCulture, $"  {phase.Name,-14} {(phase.Steps == 0 ? "" : Units.Count(phase.Steps, "step")),9}  {Units.Duration(phase.Elapsed),8}"),
        .. from gate in report.OpenedGates select $"  opened by hand: {gate}",
        .. from note in report.ForPeople select $"  for you: {Printable.Line(note)}",
        .. from finding in report.Findings
           select $"  still {RiskWords.Words(finding.Risk)}: {(finding.Host == report.Host ? "" : $"{finding.Host}: ")}{Printable.Line(finding.Component)} {Printable.Line(finding.Setting)}: wanted {Value(finding.Wanted)}, found {Value(finding.Found)}",
        .. from finding in report.NewerOnPartner
           select $"  newer on its partner, and kept: {Printable.Line(finding.Component)} {Printable.Line(finding.Setting)}: {Value(finding.Found)}, in the backup {Value(finding.Wanted)}",
        .. from finding in report.NewHardware
           select $"  otherwise on purpose, for new cards or disks: {Printable.Line(finding.Component)} {Printable.Line(finding.Setting)}: {Value(finding.Found)}, in the backup {Value(finding.Wanted)}",
        report.Findings.Count > 0 ? $"{Units.Count(report.Findings.Count, "difference")} left."
            : report.IsOfParts ? "Of what was to come back nothing differs from the snapshot."
            : report.NewerOnPartner.Count + report.NewHardware.Count > 0 ? "Nothing else differs from the snapshot."
            : "Nothing differs from the snapshot.",
        .. report.SafetySnapshot is { } before ? [$"What it was before is in snapshot {before[..8]}; undo all of this by: relustre restore {report.Host} --undo"] : Array.Empty<string>(),
    ];

    /// <summary>Returns the page's path.</summary>
    public static string Write(RestoreReport report, string folder)
    {
        ReportFile.Write(Path.Combine(folder, "report.txt"), string.Join('\n', TextOf(report)) + "\n");
        ReportFile.Write(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(RestoredReply.Of(report), Replies.Json.RestoredReply) + "\n");
        var page = Path.Combine(folder, "report.html");
        ReportFile.Write(page, RestorePage.Of(report));
        return page;
    }

    private static string Value(string? value) => value is null ? "nothing" : Printable.Line(value);
}
