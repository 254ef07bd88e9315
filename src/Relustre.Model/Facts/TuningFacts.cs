namespace Relustre.Facts;

/// <summary>What differs from a server as it comes out of the box.</summary>
public sealed record TuningFacts : ComponentFacts
{
    public required IReadOnlyList<KernelParameter> KernelParameters { get; init; }

    public string? TunedProfile { get; init; }

    public required IReadOnlyList<Limit> Limits { get; init; }

    /// <summary>Names of the site's own rule files.</summary>
    public required IReadOnlyList<string> UdevRules { get; init; }

    /// <summary>What kdump.conf says, line by line.</summary>
    public required IReadOnlyList<string> CrashDumps { get; init; }

    public sealed record KernelParameter(string Name, string Value);

    /// <param name="Type">soft, hard or "-" for both.</param>
    public sealed record Limit(string Domain, string Type, string Item, string Value);
}
