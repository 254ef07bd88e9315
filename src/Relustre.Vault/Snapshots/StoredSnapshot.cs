namespace Relustre.Vault;

/// <summary>A snapshot in the vault, under the id that <c>restic snapshots</c> shows too.</summary>
public sealed record StoredSnapshot(BlobId Id, SnapshotRecord Record);
