namespace Relustre.Snapshots;

/// <summary>How one tool answered; its output lies at <c>/.relustre/tools/COMPONENT/NAME</c>.</summary>
public sealed record ManifestTool(string Name, ToolOutcome Outcome)
{
    /// <summary>0 to 255; null where it did not run to its end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The beginning of what it wrote to standard error.</summary>
    public string? Complaint { get; init; }
}
