namespace Relustre.Hosts;

/// <summary>The connection stood, and was cut before the command had ended.</summary>
public sealed class ConnectionLostException(string host, string message) : HostException(host, message);
