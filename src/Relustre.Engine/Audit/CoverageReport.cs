namespace Relustre.Audit;

/// <summary>How much of what is in use on a server is captured, and what is not.</summary>
public sealed record CoverageReport(string Host)
{
    /// <summary>Paths that are in use (of no package, or changed since) and captured.</summary>
    public required int Captured { get; init; }

    /// <summary>By reason, then by path.</summary>
    public required IReadOnlyList<CoverageGap> Gaps { get; init; }

    /// <summary>Files that are there, not captured, and say nothing: caches, backups of editors and packages, generated links.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Whether all of it could be looked at.</summary>
    public required bool IsRoot { get; init; }

    /// <summary>Whether the server told what its packages brought; otherwise every file counts as in use.</summary>
    public required bool KnowsPackages { get; init; }

    /// <summary>Captured paths of all that are in use, 0 to 1.</summary>
    public double Score => Captured + Gaps.Count == 0 ? 1 : (double)Captured / (Captured + Gaps.Count);
}
