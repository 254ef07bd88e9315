using Relustre.Capture;

namespace Relustre.Snapshots;

/// <summary>What an administrator must hear of a capture: not that a tool is missing, but that it is there and failed.</summary>
internal static class CaptureTroubles
{
    public static List<ManifestProblem> Of(CaptureSession session, IReadOnlyList<ComponentOutput> tools) =>
    [
        .. session.Problems.Select(problem => new ManifestProblem(problem.Subject, problem.Message)),
        .. from tool in tools
           let trouble = TroubleOf(tool.Output)
           where trouble is not null
           select new ManifestProblem($"{tool.Component}/{tool.Output.Name}", trouble),
    ];

    private static string? TroubleOf(ToolOutput output) => output.Outcome switch
    {
        ToolOutcome.Failed => $"ended with exit code {output.ExitCode}{Because(output.Complaint)}",
        ToolOutcome.TimedOut => "did not end in its time and was stopped",
        ToolOutcome.Truncated => "printed more than its limit; the rest is not captured",
        ToolOutcome.Rubbish => "answered something that it does not answer when it works",
        _ => null,
    };

    private static string Because(string complaint) =>
        complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? $": {first}" : "";
}
