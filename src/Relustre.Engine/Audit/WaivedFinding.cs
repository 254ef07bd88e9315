namespace Relustre.Audit;

/// <summary>A finding that is there and does not count, and the waiver that says so.</summary>
public sealed record WaivedFinding(Finding Finding, Waiver Waiver);
