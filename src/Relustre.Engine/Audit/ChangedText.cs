namespace Relustre.Audit;

/// <summary>How one file, or one tool's answer, differs as text. It never holds a secret.</summary>
/// <param name="Place">A path, or the tool's name.</param>
public sealed record ChangedText(string Component, string Place)
{
    /// <summary>A unified diff's lines, without its two headings.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Why there are no lines, or not all of them.</summary>
    public string? Note { get; init; }
}
