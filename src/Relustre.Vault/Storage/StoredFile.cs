namespace Relustre.Vault;

/// <summary>One file that a storage keeps.</summary>
public readonly record struct StoredFile(BlobId Name, long Size);
