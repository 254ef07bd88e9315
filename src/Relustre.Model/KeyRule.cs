namespace Relustre;

/// <summary>What is special about the settings whose key matches.</summary>
/// <param name="Pattern">A whole key, <c>PLACE: KEY</c>; <c>*</c> stands for any text, <c>?</c> for one character.</param>
public sealed record KeyRule(string Pattern)
{
    /// <summary>Null: as the component has it.</summary>
    public KeyMeaning? Meaning { get; init; }

    /// <summary>Null: as the component has it.</summary>
    public Risk? Risk { get; init; }

    /// <summary>One sentence for an administrator, without a full stop: what depends on it. Null: as the component has it.</summary>
    public string? Why { get; init; }

    public bool Matches(string key) => PathPattern.MatchesAcross(Pattern, key);
}
