namespace Relustre.Audit;

/// <summary>What a cluster would do about its changed CIB, or why nobody can tell: one of the two.</summary>
public sealed record Prediction
{
    private Prediction()
    {
    }

    /// <summary>One sentence.</summary>
    public string? Consequence { get; private init; }

    /// <summary>Why there is none.</summary>
    public string? Unpredicted { get; private init; }

    public static Prediction Of(string consequence) => new() { Consequence = consequence };

    public static Prediction None(string why) => new() { Unpredicted = why };
}
