namespace Relustre.Hosts;

/// <summary>A host did not do what a capture needs; the message names the host, the cause and the next step.</summary>
public abstract class HostException(string host, string message, Exception? cause = null) : Exception(message, cause)
{
    public string Host { get; } = host;
}
