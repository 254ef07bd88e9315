namespace Relustre.Vault;

/// <summary>The storage failed for a reason of its own: an I/O error, a lost mount.</summary>
public sealed class VaultUnreachableException(string message, Exception? inner = null) : VaultException(message, inner);
