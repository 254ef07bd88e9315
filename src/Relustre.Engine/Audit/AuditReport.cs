namespace Relustre.Audit;

/// <summary>What an audit found on all servers that were asked for.</summary>
public sealed record AuditReport(DateTimeOffset At, IReadOnlyList<AuditedServer> Servers)
{
    /// <summary>All that counts, worst first, then by server, component and setting.</summary>
    public IEnumerable<Finding> Findings => Servers.SelectMany(server => server.Findings)
        .OrderByDescending(finding => finding.Risk)
        .ThenBy(finding => finding.Host, StringComparer.Ordinal)
        .ThenBy(finding => finding.Component, StringComparer.Ordinal)
        .ThenBy(finding => finding.Setting, StringComparer.Ordinal);

    /// <summary>Waivers about these servers that hide nothing any more.</summary>
    public IReadOnlyList<Waiver> ExpiredWaivers { get; init; } = [];

    public bool IsWhole => Servers.All(server => server.Failure is null);
}
