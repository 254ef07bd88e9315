namespace Relustre.Hosts;

/// <summary>The host is there and does not let us in, or not as the user that is needed.</summary>
public sealed class HostRefusedException(string host, string message) : HostException(host, message);
