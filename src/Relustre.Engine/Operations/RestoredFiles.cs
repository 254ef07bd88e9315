using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>What an extraction put on disk.</summary>
/// <param name="Problems">What could not be set; the content of every file is there all the same.</param>
public sealed record RestoredFiles(string Target, int Names, long Bytes, IReadOnlyList<ManifestProblem> Problems);
