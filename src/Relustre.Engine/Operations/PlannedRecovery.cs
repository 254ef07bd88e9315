using Relustre.Restore;
using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>The plan of a pair's recovery with what was learnt on the way.</summary>
/// <param name="Choice">Which CIB is brought back, and what the others say otherwise.</param>
/// <param name="Problems">What could not be read of the servers as they are, and so was not compared.</param>
public sealed record PlannedRecovery(RestorePlan Plan, CibChoice Choice, IReadOnlyList<ManifestProblem> Problems);
