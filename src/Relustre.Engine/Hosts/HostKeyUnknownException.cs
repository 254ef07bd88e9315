namespace Relustre.Hosts;

/// <summary>The host was never seen before, and this site trusts known keys only.</summary>
public sealed class HostKeyUnknownException(string host, string message) : HostException(host, message);
