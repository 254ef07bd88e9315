namespace Relustre.Hosts;

/// <summary>No connection came about: name, network, port, or sshd.</summary>
public sealed class HostUnreachableException(string host, string message) : HostException(host, message);
