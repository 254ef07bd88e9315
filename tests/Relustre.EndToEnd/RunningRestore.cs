using System.Diagnostics;
using System.Text;

namespace Relustre.EndToEnd;

/// <summary>A restore that runs in a process of its own, so that something can happen to it in the middle.</summary>
internal sealed class RunningRestore : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();

    public RunningRestore(TestSite site, params string[] arguments)
    {
        // In a group of its own with what it starts; and whoever watches it goes first on a machine that has much to do.
        process = Process.Start(new ProcessStartInfo("setsid", ["nice", "-n", "10", Repository.Relustre, .. arguments, "--site", site.Folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    public async Task SaysAsync(string words, int seconds = 240)
    {
        await Patience.UntilAsync($"the restore says '{words}'", seconds, () => Task.FromResult(Said.Contains(words, StringComparison.Ordinal) || process.HasExited));
        Assert.True(Said.Contains(words, StringComparison.Ordinal), $"the restore ended without '{words}':\n{Said}");
    }

    /// <summary>As a power cut of this machine would: at once, without a word.</summary>
    public void Kill()
    {
        // First itself: .NET looks through all processes before it kills one with what that has started.
        process.Kill();
        using var rest = Process.Start("sh", ["-c", $"kill -KILL -- -{process.Id} 2>/dev/null || :"]);
        rest.WaitForExit();
        process.WaitForExit();
    }

    public async Task EndsAsync(int code = 0, int seconds = 420)
    {
        await Patience.UntilAsync("the restore ends", seconds, () => Task.FromResult(process.HasExited));
        await process.WaitForExitAsync(Lab.Cancel);
        Assert.True(process.ExitCode == code, $"the restore ended with {process.ExitCode}, not {code}:\n{Said}");
    }

    public void Dispose() => process.Dispose();

    private void Hear(string? line)
    {
        lock (said)
            said.AppendLine(line);
    }
}
