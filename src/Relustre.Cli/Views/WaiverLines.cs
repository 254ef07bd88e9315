using System.Globalization;
using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Views;

/// <summary>Waivers in the words of an audit.</summary>
internal static class WaiverLines
{
    /// <summary>An expired waiver is told each time, until it is renewed or taken away.</summary>
    public static void Warn(IReadOnlyList<Waiver> expired, Screen screen)
    {
        foreach (var waiver in expired)
            screen.Warn($"waiver {waiver.Id} EXPIRED on {Day(waiver.Until)} and hides nothing any more: {waiver.Subject} "
                + $"(owner {waiver.Decision.Owner}: {waiver.Decision.Reason}). Put it right, waive it anew, or: relustre waive remove {waiver.Id}");
    }

    public static void Show(IReadOnlyList<WaivedFinding> waived, Screen screen)
    {
        if (waived.Count == 0)
            return;
        screen.Line($"WAIVED ({Units.Count(waived.Count, "finding")})");
        foreach (var (finding, waiver) in waived)
        {
            screen.Line($"  {finding.Id}  {finding.Host}  {finding.Component}  {finding.Setting}");
            screen.Line($"      {waiver.Id} until {Day(waiver.Until)}, {waiver.Decision.Owner}: {waiver.Decision.Reason}");
        }
        screen.Line();
    }

    public static string Count(AuditedServer server) => server.Waived.Count == 0 ? "" : $" ({server.Waived.Count} waived: --waived)";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
