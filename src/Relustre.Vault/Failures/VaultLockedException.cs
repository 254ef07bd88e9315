namespace Relustre.Vault;

/// <summary>Somebody else works on the vault in a way that excludes us.</summary>
public sealed class VaultLockedException(string message, Exception? inner = null) : VaultException(message, inner);
