using System.ComponentModel;

namespace Relustre.Hosts;

/// <summary>
/// One login to a host that many commands share, since logging in takes longer than most of them. Where it cannot be had, or
/// has broken, commands log in by themselves, so it is never a reason to fail.
/// </summary>
public sealed class SharedLogin(Host host) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string folder = Directory.CreateTempSubdirectory("relustre-").FullName;
    private readonly Lock starting = new();
    private ChildProcess? login;
    private Task open = Task.CompletedTask;

    /// <summary>The host, reached through the login.</summary>
    public Host Host { get; } = host;

    /// <summary>Logs in, unless that was done.</summary>
    public async Task<Host> OpenAsync(CancellationToken cancel)
    {
        if (Host.IsLocal)
            return Host;
        var shared = Host with { ControlPath = Path.Combine(folder, "login") };
        Task opened;
        lock (starting)
        {
            if (login is null)
            {
                login = Start(shared);
                open = WaitAsync(shared.ControlPath, cancel);
            }
            opened = open;
        }
        await opened;
        return shared;
    }

    /// <summary>Ends the login: the next command begins another. For a host that reboots or changes its addresses.</summary>
    public async Task CloseAsync()
    {
        if (login is null)
            return;
        await login.StopAsync();
        login = null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static ChildProcess? Start(Host shared)
    {
        try
        {
            return new ChildProcess("ssh", SshCommandLine.ForLogin(shared));
        }
        catch (Win32Exception)
        {
            // The command that follows says so.
            return null;
        }
    }

    private async Task WaitAsync(string socket, CancellationToken cancel)
    {
        var waited = TimeSpan.Zero;
        while (login is { HasEnded: false } && !File.Exists(socket) && waited < Patience)
        {
            await Task.Delay(Pause, cancel);
            waited += Pause;
        }
    }
}
