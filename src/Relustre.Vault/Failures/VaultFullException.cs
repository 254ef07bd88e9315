namespace Relustre.Vault;

/// <summary>The storage has no space left; nothing finished before was touched.</summary>
public sealed class VaultFullException(string message, Exception? inner = null) : VaultException(message, inner);
