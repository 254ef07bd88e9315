namespace Relustre.Vault;

/// <summary>There is no vault where one was expected.</summary>
public sealed class VaultMissingException(string message, Exception? inner = null) : VaultException(message, inner);
