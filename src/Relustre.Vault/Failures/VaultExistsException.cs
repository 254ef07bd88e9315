namespace Relustre.Vault;

/// <summary>A vault was to be made where one already is.</summary>
public sealed class VaultExistsException(string message, Exception? inner = null) : VaultException(message, inner);
