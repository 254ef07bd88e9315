namespace Relustre.Capture;

/// <summary>A stream is no tar archive, or a broken, cut or hostile one. The message tells what and where.</summary>
internal sealed class TarDamagedException(string message) : Exception(message);
