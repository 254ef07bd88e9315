using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>An audit, for programs.</summary>
internal sealed record AuditReply(DateTimeOffset At, IReadOnlyList<AuditedServerReply> Servers)
{
    public IReadOnlyList<WaiverReply> ExpiredWaivers { get; init; } = [];

    public static AuditReply Of(AuditReport report) => new(report.At, [.. report.Servers.Select(AuditedServerReply.Of)])
    {
        ExpiredWaivers = [.. report.ExpiredWaivers.Select(waiver => WaiverReply.Of(waiver, isExpired: true))],
    };
}
