namespace Relustre.Facts;

/// <summary>What runs by the clock.</summary>
public sealed record CronFacts : ComponentFacts
{
    public required IReadOnlyList<Job> Jobs { get; init; }

    /// <summary>Scripts that run hourly, daily, weekly or monthly.</summary>
    public required IReadOnlyList<string> Scripts { get; init; }

    /// <param name="Program">Without what it is given, which may be a password.</param>
    public sealed record Job(string File, string Schedule, string User, string Program);
}
