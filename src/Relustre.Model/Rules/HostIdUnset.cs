using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A server with ZFS targets whose host id is zero, or made up from its address at each boot.</summary>
internal sealed class HostIdUnset() : ServerRule("hostid-unset", "system", Risk.DataAtRisk)
{
    public override string Why => "ZFS tells by the host id whose pool it is: zero protects nothing, and one that changes makes the own pools look foreign";

    public override string Source => "IML issues 317 and 296 ('last accessed by another system'); OpenZFS's multihost needs one that is not zero";

    public override string NextStep => "restore /etc/hostid from the backup; if there never was one, run 'genhostid' (or 'zgenhostid') while no pool is imported";

    public override IReadOnlyList<string> Facts => ["system", .. ZfsUse.Facts];

    public override IEnumerable<Finding> Check(ServerView server)
    {
        if (server.Fact<SystemFacts>() is not { } system)
            yield break;
        var isZfs = ZfsUse.IsOn(server);
        if (system is { HostIdIsFixed: true, HostId: "00000000" })
            yield return Found(server, "/etc/hostid", "an id of its own", system.HostId) with { Risk = isZfs ? Risk : Risk.RecoveryAtRisk };
        else if (!system.HostIdIsFixed && isZfs)
            yield return Found(server, "/etc/hostid", "an id of its own", null);
    }
}
