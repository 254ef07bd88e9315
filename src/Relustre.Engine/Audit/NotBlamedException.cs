namespace Relustre.Audit;

/// <summary>No snapshot has what was asked about; the message says what is near.</summary>
public sealed class NotBlamedException(string message) : Exception(message);
