using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>What <c>coverage</c> answers.</summary>
internal sealed record CoverageReply(string Host, double Score, int Captured, int LeftOut)
{
    public required bool IsRoot { get; init; }

    public required bool KnowsPackages { get; init; }

    public required IReadOnlyList<CoverageGap> Gaps { get; init; }

    public static CoverageReply Of(CoverageReport report) => new(report.Host, Math.Round(report.Score, 4), report.Captured, report.LeftOut)
    {
        IsRoot = report.IsRoot,
        KnowsPackages = report.KnowsPackages,
        Gaps = [.. report.Gaps.Select(gap => gap with { Path = JsonText.Text(gap.Path) })],
    };
}
