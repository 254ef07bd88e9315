namespace Relustre.Hosts;

/// <summary>One command running on a host, with its input and output at hand. It ends when it is disposed of.</summary>
public abstract class HostConnection(Host host) : IAsyncDisposable
{
    public Host Host { get; } = host;

    /// <summary>The command's standard input.</summary>
    public abstract Stream Input { get; }

    /// <summary>The command's standard output.</summary>
    public abstract Stream Output { get; }

    /// <summary>Nothing runs any more; false as long as nobody has noticed.</summary>
    public abstract bool HasEnded { get; }

    /// <summary>Starts <paramref name="script"/> under <c>sh -c</c> on the host, as root where it uses sudo.</summary>
    /// <param name="argument">The script's <c>$1</c>.</param>
    /// <exception cref="HostUnreachableException">There is no ssh, or no sh, to start.</exception>
    public static HostConnection Open(Host host, string script, string argument = "") =>
        host.IsLocal ? new LocalConnection(host, script, argument) : new SshConnection(host, script, argument);

    /// <summary>
    /// Why the output ended before its time, in an administrator's words. <paramref name="hasSpoken"/>: the command had
    /// already begun to answer, so logging in was not the trouble.
    /// </summary>
    public abstract Task<HostException> ExplainEndAsync(bool hasSpoken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the command: first by closing its pipes, then by force.</summary>
    protected abstract ValueTask CloseAsync();
}
