using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>One server in an audit, for programs.</summary>
internal sealed record AuditedServerReply(string Host)
{
    /// <summary>The snapshot it was compared with; null: none.</summary>
    public string? Baseline { get; init; }

    public DateTimeOffset? BaselineTime { get; init; }

    /// <summary>Why it was that one.</summary>
    public string? BaselineReason { get; init; }

    /// <summary>The snapshot that was looked at; null: the server itself was.</summary>
    public string? Snapshot { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<WaivedReply> Waived { get; init; }

    public required IReadOnlyList<ProblemReply> Problems { get; init; }

    public IReadOnlyList<ChangedTextReply>? Texts { get; init; }

    public string? Failure { get; init; }

    public static AuditedServerReply Of(AuditedServer server) => new(server.Host)
    {
        Baseline = server.Baseline?.Id.ToString(),
        BaselineTime = server.Baseline?.Record.Time,
        BaselineReason = server.BaselineReason,
        Snapshot = server.Found?.Id.ToString(),
        Findings = server.Findings,
        Waived = [.. server.Waived.Select(WaivedReply.Of)],
        Texts = server.Texts.Count == 0 ? null : [.. server.Texts.Select(ChangedTextReply.Of)],
        Problems = [.. server.Problems.Select(ProblemReply.Of)],
        Failure = server.Failure,
    };
}
