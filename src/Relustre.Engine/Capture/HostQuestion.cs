using System.Reflection;
using System.Text;
using Relustre.Hosts;

namespace Relustre.Capture;

/// <summary>Runs a script of ours once on a host, as a collector is run, and reads its lines within limits. Nothing is left there.</summary>
internal static class HostQuestion
{
    private const string Request = "relustre?";
    private const string Ready = "send";
    private const int NoiseLines = 500;
    private const int MostLines = 1_000_000;

    public static string Script(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>The lines between the script's greeting and its <c>end</c>.</summary>
    public static async Task<IReadOnlyList<string>> AskAsync(
        Host host, ScriptQuestion question, CaptureLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        var root = host.Root is { } folder ? Path.GetFullPath(folder) : "";
        // On our own machine the script is simply started.
        await using var connection = HostConnection.Open(host, host.IsLocal ? question.Script : CollectorScript.Bootstrap, root);
        await using var stream = new SessionStream(connection, limits, clock);
        return await AskAsync(stream, question, cancel);
    }

    internal static async Task<IReadOnlyList<string>> AskAsync(SessionStream stream, ScriptQuestion question, CancellationToken cancel)
    {
        await GreetAsync(stream, question, cancel);
        stream.HasSpoken = true;
        var lines = new List<string>();
        var input = question.Input;
        for (var line = await stream.ReadLineAsync(cancel); line != "end"; line = await stream.ReadLineAsync(cancel))
        {
            if (line.StartsWith("error\t", StringComparison.Ordinal))
                throw stream.Broken($"cannot be looked at: {Harmless.Text(line[6..])}");
            if (lines.Count >= MostLines)
                throw stream.Broken($"answered with more than {MostLines} lines");
            lines.Add(line);
            if (line == Ready && !input.IsEmpty)
            {
                await stream.SendAsync(input, cancel);
                input = default;
            }
        }
        return lines;
    }

    private static async Task GreetAsync(SessionStream stream, ScriptQuestion question, CancellationToken cancel)
    {
        for (var lines = 0; lines < NoiseLines; lines++)
        {
            var line = (await stream.ReadLineAsync(cancel)).TrimEnd('\r');
            if (line == question.Greeting)
                return;
            if (line.StartsWith("relustre collector ", StringComparison.Ordinal))
                throw new HostRefusedException(stream.Host, $"{stream.Host} runs its installed collector whatever it is asked (a forced command): this question needs a key that may run a shell");
            // Noise without a line's end may stand before it.
            if (line.EndsWith(Request, StringComparison.Ordinal))
            {
                var text = UnixPath.Encode(question.Script);
                await stream.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"{text.Length}\n"), .. text], cancel);
            }
        }
        throw stream.Broken("never greeted us: its login shell talks without end");
    }
}
