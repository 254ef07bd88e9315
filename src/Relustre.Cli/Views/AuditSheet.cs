using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Views;

/// <summary>An audit for people: worst first, then a line for every server.</summary>
internal static class AuditSheet
{
    public static void Show(AuditReport report, Screen screen)
    {
        foreach (var risk in report.Findings.GroupBy(finding => finding.Risk))
        {
            screen.Line($"{Words(risk.Key)} ({Units.Count(risk.Count(), "finding")})");
            foreach (var finding in risk)
                ShowFinding(finding, screen);
            screen.Line();
        }
        foreach (var server in report.Servers)
            screen.Line(server.Failure is { } failure
                ? $"{server.Host}: FAILED: {failure}"
                : $"{server.Host}: {(server.Findings.Count == 0 ? "as it should be" : Units.Count(server.Findings.Count, "finding"))}");
    }

    private static void ShowFinding(Finding finding, Screen screen)
    {
        screen.Line($"  {finding.Id}  {finding.Host}  {finding.Component}  {finding.Setting}");
        screen.Line($"      {Change(finding)}");
        screen.Line($"      {finding.Why}");
    }

    private static string Change(Finding finding) => finding switch
    {
        { IsMoved: true } => $"stands in another place: {finding.Wanted}",
        { IsSecret: true, Wanted: not null, Found: not null } => "another secret value",
        { Found: null } => $"missing; wanted: {finding.Wanted}",
        { Wanted: null } => $"new: {finding.Found}",
        _ => $"wanted: {finding.Wanted}   found: {finding.Found}",
    };

    private static string Words(Risk risk) => risk switch
    {
        Risk.DataAtRisk => "DATA AT RISK",
        Risk.FailoverAtRisk => "FAILOVER AT RISK",
        Risk.RecoveryAtRisk => "RECOVERY AT RISK",
        Risk.Security => "SECURITY",
        Risk.Config => "CONFIGURATION",
        _ => "COSMETIC",
    };
}
