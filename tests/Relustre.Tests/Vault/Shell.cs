using System.Diagnostics;
using System.Text;

namespace Relustre.Tests.Vault;

/// <summary>Runs a program to its end, all of its output read: restic leaves a lock behind when its output is cut off.</summary>
internal static class Shell
{
    public sealed record Outcome(int Exit, byte[] Output, string Errors)
    {
        public string Text => Encoding.UTF8.GetString(Output);

        public Outcome Succeed() => Exit == 0 ? this : throw new InvalidOperationException($"exit {Exit}: {Text}\n{Errors}");
    }

    public static Task<Outcome> BashAsync(string folder, string script) =>
        RunAsync("bash", ["-euo", "pipefail", "-c", script], info => info.WorkingDirectory = folder);

    public static async Task<Outcome> RunAsync(string program, IEnumerable<string> arguments, Action<ProcessStartInfo> prepare)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["LC_ALL"] = "C.UTF-8";
        info.Environment["TZ"] = "UTC";
        prepare(info);
        using var process = Process.Start(info)!;
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, output.ToArray(), await errors);
    }
}
