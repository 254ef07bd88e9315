namespace Relustre.Snapshots;

/// <summary>One thing that was there and could not be captured.</summary>
/// <param name="Subject">A path, or a tool as COMPONENT/NAME.</param>
public sealed record ManifestProblem(string Subject, string Message);
