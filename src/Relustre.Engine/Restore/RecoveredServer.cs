namespace Relustre.Restore;

/// <summary>One server of a pair that is recovered as a whole, and the snapshot that it becomes again.</summary>
public sealed record RecoveredServer(string Host, string Snapshot, DateTimeOffset SnapshotTime);
