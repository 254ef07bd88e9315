using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>One server in an audit, for programs.</summary>
internal sealed record AuditedServerReply(string Host)
{
    /// <summary>The snapshot it was compared with; null: none.</summary>
    public string? Baseline { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<ProblemReply> Problems { get; init; }

    public string? Failure { get; init; }

    public static AuditedServerReply Of(AuditedServer server) => new(server.Host)
    {
        Baseline = server.Baseline?.Id.ToString(),
        Findings = server.Findings,
        Problems = [.. server.Problems.Select(ProblemReply.Of)],
        Failure = server.Failure,
    };
}
