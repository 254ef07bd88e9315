using System.Text;

namespace Relustre;

/// <summary>What one tool said during a capture.</summary>
public sealed record ToolOutput(string Name, ToolOutcome Outcome)
{
    /// <summary>0 to 255; null where the tool did not run to its end.</summary>
    public int? ExitCode { get; init; }

    public ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>What it wrote to standard error, at most 4 KiB.</summary>
    public string Complaint { get; init; } = "";

    public string Text => Encoding.UTF8.GetString(Output.Span);
}
