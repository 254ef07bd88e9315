namespace Relustre.Restore;

/// <summary>Another restore stands in the way.</summary>
public sealed class RestoreBusyException(string message) : RestoreException(message);
