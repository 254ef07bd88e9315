using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Cli.Reports;

namespace Relustre.Cli.Views;

/// <summary>Waivers in the words of an audit.</summary>
internal static class WaiverLines
{
    private const int LongestText = 1_000;

    /// <summary>An expired waiver is told each time, until it is renewed or taken away.</summary>
    public static void Warn(IReadOnlyList<Waiver> expired, Screen screen)
    {
        foreach (var waiver in expired)
            screen.Warn(ReportText.Expired(waiver));
    }

    public static void Show(IReadOnlyList<WaivedFinding> waived, Screen screen)
    {
        if (waived.Count == 0)
            return;
        screen.Line($"WAIVED ({Units.Count(waived.Count, "finding")})");
        foreach (var (finding, waiver) in waived)
        {
            screen.Line($"  {finding.Id}  {Shorten.Line(finding.Host, LongestText)}  {finding.Component}  {Shorten.Line(finding.Setting, LongestText)}");
            screen.Line($"      {waiver.Id} until {Units.Day(waiver.Until)}, {Shorten.Line($"{waiver.Decision.Owner}: {waiver.Decision.Reason}", LongestText)}");
        }
        screen.Line();
    }

    public static string Count(AuditedServer server) => server.Waived.Count == 0 ? "" : $" ({server.Waived.Count} waived: --waived)";
}
