namespace Relustre.Restore;

/// <summary>A restore cannot go on; the message says why and what to do.</summary>
public class RestoreException(string message) : Exception(message);
