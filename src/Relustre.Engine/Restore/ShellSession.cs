using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Relustre.Hosts;

namespace Relustre.Restore;

/// <summary>
/// One shell on a host that runs scripts, one after another: starting a session for each of them takes longer than most of
/// them. Each runs in a process of its own, and only when all of it has come; a session that was lost is of no use any more.
/// </summary>
internal sealed class ShellSession(HostConnection connection) : IAsyncDisposable
{
    private const int MaxOutput = 64 * 1024;

    // On one line, as some login shells want it. A word that nobody could have printed by chance ends a script, and its answer.
    internal const string Loop = """
        nl=$(printf '\nx'); nl=${nl%x}; while IFS= read -r word; do script=; while :; do IFS= read -r line || exit; [ "$line" != "$word" ] || break; script=$script$line$nl; done; (unset word line nl; eval "$script") 2>&1; printf '\n%s %s\n' "$word" "$?"; done
        """;

    private bool isBroken;
    private bool hasSpoken;

    /// <summary>Whether another script can be given to it.</summary>
    public bool IsUsable => !isBroken && !connection.HasEnded;

    /// <exception cref="HostUnreachableException">There is no ssh, or no sh, to start.</exception>
    public static ShellSession Open(Host host) => new(HostConnection.Open(host, Loop));

    /// <summary>Runs a script that reads <paramref name="input"/> to its end, and nothing beyond it.</summary>
    /// <exception cref="HostException">The host was lost before the script had ended: nobody knows how far it came.</exception>
    /// <exception cref="OperationCanceledException">The same, because nobody waits for it any longer.</exception>
    public async Task<CommandResult> RunAsync(string script, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        isBroken = true; // Until its answer is whole.
        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var sending = SendAsync([.. UnixPath.Encode($"{word}\n{script}\n{word}\n"), .. input.Span], cancel);
        var answer = await ReadAsync($"\n{word} ", cancel);
        await sending;
        if (answer is null)
            throw await connection.ExplainEndAsync(hasSpoken);
        isBroken = false;
        return answer;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task SendAsync(byte[] text, CancellationToken cancel)
    {
        try
        {
            await connection.Input.WriteAsync(text, cancel);
            await connection.Input.FlushAsync(cancel);
        }
        catch (IOException)
        {
            // The end of its output tells why.
        }
    }

    // Of what is very long the end counts: it usually has the reason.
    private async Task<CommandResult?> ReadAsync(string mark, CancellationToken cancel)
    {
        var kept = new ArrayBufferWriter<byte>();
        var wanted = Encoding.ASCII.GetBytes(mark);
        while (true)
        {
            var count = await connection.Output.ReadAsync(kept.GetMemory(16 * 1024), cancel);
            if (count == 0)
                return null;
            hasSpoken = true;
            kept.Advance(count);
            if (Ended(kept.WrittenSpan, wanted) is { } answer)
                return answer;
            if (kept.WrittenCount > MaxOutput)
                kept = Tail(kept);
        }
    }

    // What a script leaves running may print behind the mark.
    private static CommandResult? Ended(ReadOnlySpan<byte> output, ReadOnlySpan<byte> mark)
    {
        var at = output.LastIndexOf(mark);
        var code = at < 0 ? [] : output[(at + mark.Length)..];
        return code.IndexOf((byte)'\n') is > 0 and var end && int.TryParse(code[..end], out var number)
            ? new CommandResult(number, Encoding.UTF8.GetString(output[..at]))
            : null;
    }

    private static ArrayBufferWriter<byte> Tail(ArrayBufferWriter<byte> kept)
    {
        var tail = new ArrayBufferWriter<byte>(MaxOutput);
        tail.Write(kept.WrittenSpan[^(MaxOutput / 2)..]);
        return tail;
    }
}
