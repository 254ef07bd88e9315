using System.Globalization;
using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Views;

/// <summary>What is not captured, for people: by reason, then the score.</summary>
internal static class CoverageSheet
{
    public static void Show(CoverageReport report, Screen screen)
    {
        foreach (var reason in report.Gaps.GroupBy(gap => gap.Reason))
        {
            screen.Line($"{Words(reason.Key)} ({reason.Count()})");
            foreach (var gap in reason)
                screen.Line($"  {gap.Path}{(gap.Detail is { Length: > 0 } detail ? $"  ({detail})" : "")}");
            screen.Line();
        }
        screen.Line(string.Create(CultureInfo.InvariantCulture,
            $"{report.Host}: {Units.Count(report.Captured, "path")} in use and captured, {report.Gaps.Count} not: {Math.Floor(report.Score * 1000) / 10:0.0} % (left out as generated: {report.LeftOut})"));
        if (report.Gaps.Count > 0)
            screen.Line("What is needed to rebuild it: relustre path add PATH");
    }

    private static string Words(CoverageReason reason) => reason switch
    {
        CoverageReason.Changed => "CHANGED since their package installed them",
        CoverageReason.Unpackaged => "OF NO PACKAGE",
        CoverageReason.Unit => "RUN BY ENABLED UNITS, of no package",
        _ => "MOUNTED by hand: neither in fstab nor a unit's",
    };
}
