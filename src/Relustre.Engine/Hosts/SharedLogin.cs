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

    private readonly Lock starting = new();
    private string? folder;
    private ChildProcess? login;
    private Task open = Task.CompletedTask;
    private bool wasOpen;

    public Host Host { get; } = host;

    /// <summary>The host by way of the login where that is open, and by a way of its own where not: nobody waits.</summary>
    public Host Through => login is { HasEnded: false } && File.Exists(Socket) ? Shared : Host;

    /// <summary>Logs in, unless that was done, and waits for it; the host by way of the login.</summary>
    public async Task<Host> OpenAsync(CancellationToken cancel)
    {
        if (Host.IsLocal)
            return Host;
        Task opened;
        lock (starting)
        {
            // One that never opened would not do so now.
            if (login is null || (login.HasEnded && wasOpen))
                open = OpenAsync(login, cancel);
            opened = open;
        }
        await opened;
        return Shared;
    }

    /// <summary>Ends the login: the next command begins another. For a host that reboots or changes its addresses.</summary>
    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref login, null) is { } open)
            await open.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    private string Socket => Path.Combine(folder ??= Directory.CreateTempSubdirectory("relustre-").FullName, "login");

    private Host Shared => Host with { ControlPath = Socket };

    private Task OpenAsync(ChildProcess? ended, CancellationToken cancel)
    {
        // Of a login that was killed it is still there, and another one would not take its place.
        File.Delete(Socket);
        login = Start(Shared);
        wasOpen = false;
        return WaitAsync(ended, cancel);
    }

    private static ChildProcess? Start(Host shared)
    {
        try
        {
            return new ChildProcess("ssh", SshCommandLine.Environment, SshCommandLine.ForLogin(shared));
        }
        catch (Win32Exception)
        {
            // The command that follows says so.
            return null;
        }
    }

    private async Task WaitAsync(ChildProcess? ended, CancellationToken cancel)
    {
        if (ended is not null)
            await ended.DisposeAsync();
        var waited = TimeSpan.Zero;
        while (login is { HasEnded: false } && !(wasOpen = File.Exists(Socket)) && waited < Patience)
        {
            await Task.Delay(Pause, cancel);
            waited += Pause;
        }
    }
}
