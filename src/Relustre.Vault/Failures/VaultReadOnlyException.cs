namespace Relustre.Vault;

/// <summary>The storage does not let us write.</summary>
public sealed class VaultReadOnlyException(string message, Exception? inner = null) : VaultException(message, inner);
