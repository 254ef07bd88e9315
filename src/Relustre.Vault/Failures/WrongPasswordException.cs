namespace Relustre.Vault;

/// <summary>No key of the vault opens with this password.</summary>
public sealed class WrongPasswordException(string message, Exception? inner = null) : VaultException(message, inner);
