namespace Relustre.Audit;

/// <summary>What else changed between two snapshots: a hint at who did it.</summary>
/// <param name="Paths">Files and tools' answers, by component.</param>
/// <param name="Packages">Packages that came, went, or have another version, a line each.</param>
public sealed record SnapshotChanges(IReadOnlyDictionary<string, IReadOnlyList<string>> Paths, IReadOnlyList<string> Packages);
