using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>A host that has been read, or has failed, and is not yet in the books.</summary>
/// <param name="Archived">Null: it failed, and <paramref name="Failure"/> says why.</param>
internal sealed record CapturedHost(string Host, ArchivedHost? Archived, string? Failure)
{
    public (long In, long Out) Bytes { get; init; }

    public double? ClockOffset { get; init; }

    public TimeSpan Elapsed { get; init; }
}
