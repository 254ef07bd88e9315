using System.Globalization;
using Relustre.Hosts;

namespace Relustre.Restore;

/// <summary>
/// Runs single commands on a host, several at once if need be, over one login. The one place where an argument list becomes
/// text for a shell.
/// </summary>
public sealed class HostShell(Host host, TimeProvider clock) : IAsyncDisposable
{
    private readonly SharedLogin login = new(host);
    private readonly Lock turn = new();
    private Stack<ShellSession> idle = [];

    public Host Host { get; } = host;

    /// <summary>The same host for what is no single command: over the same login where that is open, else over one of its own.</summary>
    public Host Through => login.Through;

    /// <summary>Begins to log in, so that whoever comes later need not wait.</summary>
    public void Begin(CancellationToken cancel) => _ = login.OpenAsync(cancel);

    /// <exception cref="HostException">It cannot be reached, or was lost before the command had ended: nobody knows how far it came.</exception>
    public async Task<CommandResult> RunAsync(RemoteCommand command, CancellationToken cancel)
    {
        var home = idle;
        var session = await SessionAsync(cancel);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(command.TimeLimit), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await session.RunAsync(ScriptOf(command), command.Input, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new CommandResult(124, $"did not end within {command.TimeLimit} s") { IsOverdue = true };
        }
        finally
        {
            await GiveBackAsync(session, home);
        }
    }

    /// <summary>Whatever runs next logs in anew.</summary>
    public async Task HangUpAsync()
    {
        Stack<ShellSession> left;
        lock (turn)
            (left, idle) = (idle, []);
        // The login first: with it the sessions end by themselves, also where nobody answers any more.
        await login.CloseAsync();
        await Task.WhenAll(left.Select(session => session.DisposeAsync().AsTask()));
    }

    public async ValueTask DisposeAsync()
    {
        await HangUpAsync();
        await login.DisposeAsync();
    }

    private async Task<ShellSession> SessionAsync(CancellationToken cancel)
    {
        while (TakeIdle() is { } session)
        {
            if (session.IsUsable)
                return session;
            await session.DisposeAsync();
        }
        return ShellSession.Open(await login.OpenAsync(cancel));
    }

    private ShellSession? TakeIdle()
    {
        lock (turn)
            return idle.TryPop(out var session) ? session : null;
    }

    // One from before a hang-up is over.
    private async Task GiveBackAsync(ShellSession session, Stack<ShellSession> home)
    {
        lock (turn)
        {
            if (session.IsUsable && ReferenceEquals(home, idle))
            {
                idle.Push(session);
                return;
            }
        }
        await session.DisposeAsync();
    }

    private string ScriptOf(RemoteCommand command)
    {
        // A tree is restored as if it were the root of a server: in a rehearsal.
        var inside = Host.Root is { } root ? $"chroot {RemoteCommand.Quote(Path.GetFullPath(root))} " : "";
        var line = $"{inside}{string.Join(' ', command.Arguments.Select(RemoteCommand.Quote))}";
        // A session without a login lacks these on some releases.
        return "PATH=$PATH:/usr/sbin:/sbin; export PATH\n" + (command.Input.IsEmpty
            ? $"{line} </dev/null"
            // What a command leaves of its input must not be taken for the next script.
            : string.Create(CultureInfo.InvariantCulture, $"head -c {command.Input.Length} | {{ {line}; code=$?; cat >/dev/null; exit $code; }}"));
    }
}
