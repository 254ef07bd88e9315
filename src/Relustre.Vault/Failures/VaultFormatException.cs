namespace Relustre.Vault;

/// <summary>A vault of a format that this program does not know.</summary>
public sealed class VaultFormatException(string message, Exception? inner = null) : VaultException(message, inner);
