namespace Relustre.Audit;

/// <summary>Something in use on a server that no component captures.</summary>
/// <param name="Detail">The package or the unit that it belongs to, or the kind of file system; null: nothing to add.</param>
public sealed record CoverageGap(string Path, CoverageReason Reason, string? Detail);
