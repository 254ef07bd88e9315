namespace Relustre.Snapshots;

/// <summary>A snapshot is intact in the vault, yet what it holds is not what we know how to read.</summary>
public sealed class SnapshotUnreadableException(string message) : Exception(message);
