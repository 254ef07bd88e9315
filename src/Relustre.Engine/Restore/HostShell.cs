using System.Security.Cryptography;
using System.Text;
using Relustre.Hosts;

namespace Relustre.Restore;

/// <summary>Runs single commands on a host. The one place where an argument list becomes text for a shell.</summary>
public sealed class HostShell(Host host, TimeProvider clock) : IAsyncDisposable
{
    private const int MaxOutput = 64 * 1024;

    private readonly SharedLogin login = new(host);

    public Host Host { get; } = host;

    /// <exception cref="HostException">It cannot be reached, or was lost before the command had ended: nobody knows how far it came.</exception>
    public async Task<CommandResult> RunAsync(RemoteCommand command, CancellationToken cancel)
    {
        // Only a command that ran to its end says this word, which nobody could have printed by chance.
        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await using var connection = HostConnection.Open(await login.OpenAsync(cancel), ScriptOf(command, word));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(command.TimeLimit), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var sending = SendAsync(connection, command.Input, either.Token);
            var output = await ReadAsync(connection, either.Token);
            await sending;
            return Result(output, word) ?? throw await connection.ExplainEndAsync(output.Length > 0);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new CommandResult(124, $"did not end within {command.TimeLimit} s") { IsOverdue = true };
        }
    }

    /// <summary>Whatever runs next logs in anew.</summary>
    public Task HangUpAsync() => login.CloseAsync();

    public ValueTask DisposeAsync() => login.DisposeAsync();

    private string ScriptOf(RemoteCommand command, string word)
    {
        // A tree is restored as if it were the root of a server: in a rehearsal.
        var inside = Host.Root is { } root ? $"chroot {RemoteCommand.Quote(Path.GetFullPath(root))} " : "";
        // A session without a login lacks these on some releases.
        return $"PATH=$PATH:/usr/sbin:/sbin; export PATH; {inside}{string.Join(' ', command.Arguments.Select(RemoteCommand.Quote))} 2>&1; printf '\\n%s %s\\n' {word} $?";
    }

    // A command that ended without reading all of its input closes the pipe; its exit code tells.
    private static async Task SendAsync(HostConnection connection, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        try
        {
            await connection.Input.WriteAsync(input, cancel);
            await connection.Input.DisposeAsync();
        }
        catch (IOException)
        {
        }
    }

    // The end is what counts: it has the exit code, and usually the reason.
    private static async Task<string> ReadAsync(HostConnection connection, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await connection.Output.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (kept.Length > MaxOutput)
            {
                var tail = kept.ToArray()[^(MaxOutput / 2)..];
                kept.SetLength(0);
                kept.Write(tail);
            }
            kept.Write(buffer, 0, count);
        }
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private static CommandResult? Result(string output, string word)
    {
        var at = output.LastIndexOf($"\n{word} ", StringComparison.Ordinal);
        return at >= 0 && int.TryParse(output.AsSpan(at + word.Length + 2).Trim(), out var code) ? new CommandResult(code, output[..at]) : null;
    }
}
