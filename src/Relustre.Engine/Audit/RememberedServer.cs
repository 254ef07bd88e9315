namespace Relustre.Audit;

/// <summary>What the last audit of one server found.</summary>
/// <param name="Baseline">The id of the snapshot it was compared with.</param>
public sealed record RememberedServer(string Host, string? Baseline, IReadOnlyList<Finding> Findings)
{
    public static RememberedServer Of(AuditedServer server) => new(
        server.Host, server.Baseline?.Id.ToString(), [.. server.Findings, .. server.Waived.Select(waived => waived.Finding)]);
}
