using Relustre.Operations;

namespace Relustre.Cli.Output;

/// <summary>How one server's backup ended, for programs.</summary>
/// <param name="Result">"stored", "unchanged" or "failed".</param>
internal sealed record HostOutcomeReply(string Host, string Result)
{
    public string? Snapshot { get; init; }

    /// <summary>Since when the server is as it is.</summary>
    public DateTimeOffset? UnchangedSince { get; init; }

    public int? Files { get; init; }

    public int? FilesRead { get; init; }

    public long? BytesRead { get; init; }

    public long BytesReceived { get; init; }

    public long BytesSent { get; init; }

    public double Seconds { get; init; }

    public string? Message { get; init; }

    public required IReadOnlyList<ProblemReply> Problems { get; init; }

    public static HostOutcomeReply Of(HostOutcome outcome) => Specific(outcome) with
    {
        BytesReceived = outcome.Bytes.In,
        BytesSent = outcome.Bytes.Out,
        Seconds = Math.Round(outcome.Elapsed.TotalSeconds, 3),
        Problems = [.. outcome.Problems.Select(ProblemReply.Of)],
    };

    private static HostOutcomeReply Specific(HostOutcome outcome) => outcome switch
    {
        HostOutcome.BackedUp stored => new(stored.Host, "stored")
        {
            Snapshot = stored.Snapshot.ToString(),
            Files = stored.Files,
            FilesRead = stored.FilesRead,
            BytesRead = stored.BytesRead,
            Problems = [],
        },
        HostOutcome.Unchanged unchanged => new(unchanged.Host, "unchanged")
        {
            Snapshot = unchanged.Snapshot.ToString(),
            UnchangedSince = unchanged.Since,
            Problems = [],
        },
        _ => new(outcome.Host, "failed") { Message = (outcome as HostOutcome.Failed)?.Message, Problems = [] },
    };
}
