namespace Relustre.Cli.Reports;

/// <summary>One test of a suite.</summary>
/// <param name="Result">The element that says how it ended; null: it passed.</param>
internal sealed record JUnitCase(string Name, string? Result, string Type, string Text);
