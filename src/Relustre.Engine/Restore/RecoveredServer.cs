namespace Relustre.Restore;

/// <summary>One server of a pair that is recovered as a whole, and the snapshot that it becomes again.</summary>
public sealed record RecoveredServer(string Host, string Snapshot, DateTimeOffset SnapshotTime)
{
    /// <summary>Cards that it had and those that take their places, where somebody said so: names or MAC addresses.</summary>
    public IReadOnlyDictionary<string, string> Macs { get; init; } = new Dictionary<string, string>();
}
