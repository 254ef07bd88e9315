namespace Relustre.Snapshots;

/// <summary>Nothing in the vault answers to what was asked for; the message says what there is.</summary>
public sealed class SnapshotNotFoundException(string message) : Exception(message);
