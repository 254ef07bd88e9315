namespace Relustre.Vault;

/// <summary>A vault could not keep a promise; the message tells the administrator why and what to do next.</summary>
public abstract class VaultException(string message, Exception? inner = null) : Exception(message, inner);
