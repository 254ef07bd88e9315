namespace Relustre.Facts;

/// <summary>Which logs are rotated by which file.</summary>
public sealed record LogrotateFacts : ComponentFacts
{
    public required IReadOnlyList<Rule> Rules { get; init; }

    public sealed record Rule(string File, IReadOnlyList<string> Logs);
}
