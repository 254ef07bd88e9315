using System.Diagnostics;

namespace Relustre.EndToEnd;

/// <summary>Runs programs as a person at a terminal would, and keeps what they said.</summary>
internal static class Shell
{
    public static async Task<Answer> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancel);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, cancel);
        await process.WaitForExitAsync(cancel);
        return new Answer(process.ExitCode, output.ToArray(), await errors) { Command = $"{program} {string.Join(' ', arguments)}" };
    }
}
