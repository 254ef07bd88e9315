namespace Relustre.Audit;

/// <summary>What all decisions together come to, on one day.</summary>
public sealed class Decisions
{
    private readonly IReadOnlyList<Decision> all;
    private readonly DateOnly today;

    /// <param name="all">Oldest first.</param>
    /// <param name="now">Waivers are judged by the day in universal time.</param>
    public Decisions(IReadOnlyList<Decision> all, DateTimeOffset now)
    {
        this.all = all;
        today = DateOnly.FromDateTime(now.UtcDateTime);
        // A removal counts whatever the two machines' clocks said.
        var removed = all.Where(decision => decision.Kind == DecisionKind.WaiverRemoved).Select(decision => decision.Removes).ToHashSet();
        Waivers = [.. all.Where(decision => decision.Kind == DecisionKind.Waived && !removed.Contains(decision.Id)).Select(decision => new Waiver(decision))];
    }

    /// <summary>Nobody decided anything.</summary>
    public static Decisions None { get; } = new([], DateTimeOffset.UnixEpoch);

    /// <summary>All that were not removed, those that have expired too.</summary>
    public IReadOnlyList<Waiver> Waivers { get; }

    public bool Holds(Waiver waiver) => waiver.HoldsOn(today);

    /// <summary>The expired ones that are about any of these hosts.</summary>
    public IReadOnlyList<Waiver> ExpiredFor(IReadOnlyCollection<string> hosts) =>
        [.. Waivers.Where(waiver => !Holds(waiver) && hosts.Any(waiver.Concerns))];

    /// <summary>The newest acceptance of a host's whole state; null: there was none.</summary>
    public Decision? AcceptanceOf(string host) =>
        all.LastOrDefault(decision => decision.Kind == DecisionKind.AcceptedSnapshot && decision.Host == host);

    /// <summary>The findings of a host that are wanted since, oldest first, as long as it is compared with the same baseline.</summary>
    public AcceptedFindings AcceptedOf(string host, string baseline) => new(
    [
        .. all.SkipWhile(decision => AcceptanceOf(host) is { } last && decision != last)
            .Where(decision => decision.Kind == DecisionKind.AcceptedFinding && decision.Host == host && decision.Snapshot == baseline)
            .Select(decision => decision.Finding)
            .OfType<Finding>(),
    ]);

    /// <summary>The same server with its waived findings set aside.</summary>
    public AuditedServer Apply(AuditedServer server)
    {
        WaivedFinding[] waived = [.. from finding in server.Findings
                                    let waiver = Waivers.FirstOrDefault(waiver => Holds(waiver) && waiver.Covers(finding))
                                    where waiver is not null
                                    select new WaivedFinding(finding, waiver)];
        var hidden = waived.Select(one => one.Finding).ToHashSet(ReferenceEqualityComparer.Instance);
        return server with
        {
            Findings = [.. server.Findings.Where(finding => !hidden.Contains(finding))],
            Waived = [.. server.Waived, .. waived],
        };
    }
}
