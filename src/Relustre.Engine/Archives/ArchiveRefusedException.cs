namespace Relustre.Archives;

/// <summary>A file is no archive of a server's configuration, or one that nobody should trust. The message tells why and what to do.</summary>
public sealed class ArchiveRefusedException(string message, Exception? cause = null) : Exception(message, cause);
