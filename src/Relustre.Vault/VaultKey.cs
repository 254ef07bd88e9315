namespace Relustre.Vault;

/// <summary>One password's key file: who made it and when.</summary>
public sealed record VaultKey(BlobId Id, string UserName, string HostName, DateTimeOffset Created);
