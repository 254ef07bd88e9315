namespace Relustre.Hosts;

/// <summary>The host shows another key than the one we know: reinstalled, or somebody else.</summary>
public sealed class HostKeyChangedException(string host, string message) : HostException(host, message);
