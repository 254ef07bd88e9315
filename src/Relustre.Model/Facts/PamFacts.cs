namespace Relustre.Facts;

/// <summary>How logins are judged.</summary>
public sealed record PamFacts : ComponentFacts
{
    /// <summary>authselect's profile.</summary>
    public string? Profile { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>What authconfig has switched on: USESSSD, USELDAP and so on.</summary>
    public required IReadOnlyList<string> Enabled { get; init; }

    /// <summary>Programs that have a stack of their own.</summary>
    public required IReadOnlyList<string> Stacks { get; init; }

    /// <summary>Modules that any stack uses.</summary>
    public required IReadOnlyList<string> Modules { get; init; }
}
