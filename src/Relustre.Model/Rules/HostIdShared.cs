using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Two servers that ZFS cannot tell apart.</summary>
internal sealed class HostIdShared() : PairRule("hostid-shared", "system", Risk.DataAtRisk)
{
    public override string Why => "with one host id ZFS takes the partner for itself and imports a pool that is in use there";

    public override string Source => "OpenZFS (hostid, multihost); IML issues 317 and 296";

    public override string NextStep => "restore each server's own /etc/hostid from its backup, or run 'genhostid' on one of them while it has no pool imported";

    public override IReadOnlyList<string> Facts => ["system", .. ZfsUse.Facts];

    public override IReadOnlyList<string> Covers => ["/etc/hostid*", "hostid: *"];

    public override IEnumerable<Finding> Check(PairView pair) =>
        // Without ZFS nothing asks for it yet.
        from server in pair.Servers
        let id = server.Fact<SystemFacts>()?.HostId
        where id is not (null or "00000000")
        group server by id into shared
        where shared.Count() > 1
        select Found(shared.First().Host, "/etc/hostid", "an id for each", $"{PartnerValues.Hosts(shared.Select(server => server.Host))}: {shared.Key}") with { Risk = shared.Any(ZfsUse.IsOn) ? Risk : Risk.RecoveryAtRisk };
}
