namespace Relustre.Operations;

/// <summary>A server of the pair that was to be recovered as a whole is alive.</summary>
public sealed class StillServingException(string message) : Exception(message);
