using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Relustre.Capture;

/// <summary>Reads what the tools of a session left: for each its output, its complaint, and how it ended.</summary>
internal sealed partial class ToolAnswers(
    SessionStream stream, CollectorScript script, CaptureLimits limits, bool isTree, IReadOnlyDictionary<string, string> known)
{
    private const int TarRecord = 10240;
    private const int Killed = 137;
    private const int WroteTooMuch = 153;

    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<ComponentOutput>> ReadAsync(CancellationToken cancel)
    {
        await stream.SendAsync("tools\n"u8.ToArray(), cancel);
        var answer = await stream.ReadLineAsync(cancel);
        while (answer == "wait")
            answer = await stream.ReadLineAsync(cancel);
        if (answer == "tar")
            await UnpackAsync(cancel);
        else if (answer != "none")
            throw stream.Broken($"cannot send what its tools said: {Hosts.Harmless.Text(answer)}");
        return [.. script.Tools.Select(tool => Answer(tool.Component, tool.Tool))];
    }

    [GeneratedRegex("^[0-9a-f]{64}(?=  -\n$)")]
    private static partial Regex Number { get; }

    private async Task UnpackAsync(CancellationToken cancel)
    {
        // Five files a tool at most, and the notes of who runs; a server that sends more is none of ours.
        var tar = new TarStream(stream, new() { Entries = 7 * script.Tools.Count + 20, ContentBytes = CollectorScript.ToolOutputLimit + 1 });
        var total = 0L;
        try
        {
            while (await tar.NextAsync(cancel) is { } entry)
            {
                if (entry.Kind != FileKind.File || !entry.Path.Contains(':', StringComparison.Ordinal))
                    continue;
                if ((total += entry.Size) > limits.ToolBytes)
                    throw stream.Broken($"has tools that say more than {limits.ToolBytes >> 20} MiB in all: something is wrong with them; see 'relustre collector {stream.Host}' for what they are");
                files[entry.Path] = await tar.ContentAsync(cancel);
            }
            await tar.PassOverPaddingAsync(TarRecord, cancel);
        }
        catch (TarDamagedException damaged)
        {
            throw stream.Broken($"sent {damaged.Message}", damaged);
        }
    }

    private ComponentOutput Answer(string component, Source.Tool tool)
    {
        var key = ComponentOutput.KeyOf(component, tool.Name);
        if (files.ContainsKey($"./{key}:same"))
            return known.TryGetValue(key, out var number)
                ? new(component, new ToolOutput(tool.Name, ToolOutcome.Answered)) { Seen = number, Stands = true }
                : throw stream.Broken($"says that {Hosts.Harmless.Text(key)} has not changed, of which nothing is known");
        var seen = Number.Match(Encoding.ASCII.GetString(files.GetValueOrDefault($"./{key}:seen", [])));
        return new(component, Outcome($"./{key}", tool)) { Seen = seen.Success ? seen.Value : null };
    }

    private ToolOutput Outcome(string name, Source.Tool tool)
    {
        if (isTree && !tool.WorksOnTree)
            return new(tool.Name, ToolOutcome.NotApplicable);
        // A collector that was installed earlier may not know this tool yet.
        if (!files.TryGetValue($"{name}:out", out var output))
            return new(tool.Name, ToolOutcome.Missing);
        var code = Code(files.GetValueOrDefault($"{name}:code", []));
        var outcome = Judge(tool, output, code);
        return new(tool.Name, outcome)
        {
            ExitCode = outcome is ToolOutcome.TimedOut or ToolOutcome.Truncated ? null : code,
            Output = output.AsMemory(0, Math.Min(output.Length, CollectorScript.ToolOutputLimit)),
            Complaint = Encoding.UTF8.GetString(files.GetValueOrDefault($"{name}:err", [])),
        };
    }

    private static ToolOutcome Judge(Source.Tool tool, byte[] output, int? code) => code switch
    {
        _ when output.Length > CollectorScript.ToolOutputLimit => ToolOutcome.Truncated,
        WroteTooMuch => ToolOutcome.Truncated,
        null or Killed => ToolOutcome.TimedOut,
        not 0 => ToolOutcome.Failed,
        _ when output.Length > 0 && tool.Expecting is { } text && output.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0 => ToolOutcome.Rubbish,
        _ => ToolOutcome.Answered,
    };

    // ksh counts signals from 256, every other shell from 128.
    private static int? Code(byte[] text) =>
        int.TryParse(Encoding.ASCII.GetString(text), NumberStyles.Integer, CultureInfo.InvariantCulture, out var code) && code is >= 0 and < 512
            ? code >= 256 ? code - 128 : code
            : null;
}
