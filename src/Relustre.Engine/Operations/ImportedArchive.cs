using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>What came of an import.</summary>
/// <param name="IsNew">False: the same archive was imported before, and this is its snapshot.</param>
public sealed record ImportedArchive(StoredSnapshot Snapshot, int Files, bool IsNew);
