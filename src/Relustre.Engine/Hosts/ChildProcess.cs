using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Relustre.Hosts;

/// <summary>A program of this machine with its three pipes. What it complains of is kept, bounded; it is ended by its own id.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int ComplaintLimit = 16 * 1024;
    private const int Terminate = 15;

    // Time for a collector to tidy up after itself once its pipes are closed; it needs some ten milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly Task<string> complaint;

    private bool isDisposed;

    /// <exception cref="Win32Exception">There is no such program.</exception>
    public ChildProcess(string program, params IEnumerable<string> arguments)
        : this(program, [], arguments)
    {
    }

    /// <exception cref="Win32Exception">There is no such program.</exception>
    public ChildProcess(string program, IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // The vault's password is nobody's business there: ssh may send its environment on (SendEnv).
        start.Environment.Remove("RELUSTRE_PASSWORD");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        complaint = ReadComplaintAsync(process.StandardError.BaseStream);
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public bool HasEnded => process.HasExited;

    /// <summary>The exit code and standard error once it has ended; null: it does not end.</summary>
    public async Task<(int ExitCode, string Complaint)?> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await complaint.WaitAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Ends a program that has nothing to put away and does not look at its pipes.</summary>
    public ValueTask StopAsync()
    {
        if (!isDisposed && !process.HasExited)
            _ = Signal(process.Id, Terminate);
        return DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        await ClosePipesAsync();
        if (await EndAsync() is null && !process.HasExited)
        {
            _ = Signal(process.Id, Terminate);
            if (await EndAsync() is null && !process.HasExited)
                process.Kill();
        }
        process.Dispose();
    }

    private async Task ClosePipesAsync()
    {
        try
        {
            await Input.DisposeAsync();
            await Output.DisposeAsync();
        }
        catch (IOException)
        {
            // A broken pipe is closed all the same.
        }
    }

    private static async Task<string> ReadComplaintAsync(Stream errors)
    {
        var kept = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await errors.ReadAsync(buffer) is > 0 and var count)
                kept.Write(buffer, 0, (int)Math.Min(count, ComplaintLimit - kept.Length));
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // What was said until then is what there is.
        }
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
