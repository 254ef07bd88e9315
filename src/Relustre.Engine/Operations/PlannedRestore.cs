using Relustre.Restore;
using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>A plan with what was learnt on the way.</summary>
/// <param name="Wanted">What the server was, typed, by component.</param>
/// <param name="Problems">What could not be read of the server as it is, and so was not compared.</param>
public sealed record PlannedRestore(RestorePlan Plan, IReadOnlyDictionary<string, ComponentFacts> Wanted, IReadOnlyList<ManifestProblem> Problems)
{
    /// <summary>The server as it was when this was planned; null: that was not kept.</summary>
    public SafetySnapshot? Safety { get; init; }
}
