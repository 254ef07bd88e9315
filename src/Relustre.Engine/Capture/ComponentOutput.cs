namespace Relustre.Capture;

/// <summary>What one tool of one component said.</summary>
public sealed record ComponentOutput(string Component, ToolOutput Output);
