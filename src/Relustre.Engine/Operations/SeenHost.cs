using Relustre.Audit;
using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>A host as it is at this moment.</summary>
public sealed record SeenHost(string Name)
{
    /// <summary>Null: it could not be seen, and <see cref="Failure"/> says why.</summary>
    public StoredServer? Server { get; init; }

    public string? Failure { get; init; }

    /// <summary>What is there and could not be captured.</summary>
    public IReadOnlyList<ManifestProblem> Problems { get; init; } = [];

    /// <summary>Seconds by which its clock is ahead of ours; null: it was not seen.</summary>
    public double? ClockOffset { get; init; }

    public TimeSpan Elapsed { get; init; }
}
