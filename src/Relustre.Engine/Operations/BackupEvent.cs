using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>Something to show while a fleet is backed up; comes from many hosts at once.</summary>
public abstract record BackupEvent(string Host)
{
    public sealed record Moved(string Host, CaptureProgress Progress) : BackupEvent(Host);

    /// <summary>All of it has been read; it counts only when it is in the vault.</summary>
    public sealed record Captured(string Host) : BackupEvent(Host);

    /// <summary>Durably in the vault, or failed for good.</summary>
    public sealed record Ended(string Host, HostOutcome Outcome) : BackupEvent(Host);
}
