using System.ComponentModel;
using System.Diagnostics;

namespace Relustre.Sites;

/// <summary>Asks a password store: a shell command whose output is the password.</summary>
internal static class PasswordCommand
{
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="PasswordException">It failed, said nothing or took too long; its own complaint is in the message.</exception>
    public static async Task<string> RunAsync(string command, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        using var process = Start(command);
        try
        {
            process.StandardInput.Close();
            var complaint = ReadAsync(process.StandardError, limit.Token);
            var answer = await ReadAsync(process.StandardOutput, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? VaultPassword.Usable(answer, $"the password command '{command}'")
                : throw new PasswordException(
                    $"the password command '{command}' failed with exit code {process.ExitCode}: {(await complaint).Trim()}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new PasswordException($"the password command '{command}' did not answer within {Patience.TotalMinutes} minutes");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string command)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!; // Null only where a running process was reused, which the shell never is.
        }
        catch (Win32Exception failed)
        {
            throw new PasswordException($"the password command cannot be started: {failed.Message}", failed);
        }
    }

    // Read to the end, so that nobody waits for a full pipe; kept to its limit.
    private static async Task<string> ReadAsync(StreamReader from, CancellationToken cancel)
    {
        var kept = new char[LongestAnswer];
        var length = await from.ReadBlockAsync(kept, cancel);
        var rest = new char[4096];
        while (length == LongestAnswer && await from.ReadAsync(rest, cancel) > 0)
        {
        }
        return new(kept, 0, length);
    }
}
