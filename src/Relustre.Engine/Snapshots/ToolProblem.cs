using Relustre.Capture;

namespace Relustre.Snapshots;

/// <summary>Which answers of a tool an administrator must hear of: not that it is missing, but that it is there and failed.</summary>
internal static class ToolProblem
{
    public static ManifestProblem? Of(ComponentOutput tool)
    {
        var text = tool.Output.Outcome switch
        {
            ToolOutcome.Failed => $"ended with exit code {tool.Output.ExitCode}{Because(tool.Output.Complaint)}",
            ToolOutcome.TimedOut => "did not end in its time and was stopped",
            ToolOutcome.Truncated => "printed more than its limit; the rest is not captured",
            ToolOutcome.Rubbish => "answered something that it does not answer when it works",
            _ => null,
        };
        return text is null ? null : new ManifestProblem($"{tool.Component}/{tool.Output.Name}", text);
    }

    private static string Because(string complaint) =>
        complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? $": {first}" : "";
}
