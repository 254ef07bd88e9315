using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A ring address that is a name, and a hosts file that does not have it.</summary>
internal sealed class RingNameUnknown() : ServerRule("ring-name-unknown", "corosync", Risk.FailoverAtRisk)
{
    public override string Why => "Corosync refuses to start when it cannot resolve a ring's address ('failed to parse node address')";

    public override string Source => "tried: a node rebuilt by appendix C, which leaves /etc/hosts out of its script; IML up to 4.0 writes names into the nodelist";

    public override string NextStep => "add the name to /etc/hosts on this server, as on its partner";

    public override IReadOnlyList<string> Facts => ["corosync", "name-resolution"];

    public override IEnumerable<Finding> Check(ServerView server)
    {
        if (server.Fact<NameResolutionFacts>() is not { } resolver)
            return [];
        var own = new OwnNames(server);
        return from name in (server.Fact<CorosyncFacts>()?.Nodes ?? []).SelectMany(node => node.Addresses).Distinct()
               where !OwnNames.IsAddress(name) && own.Resolved(name).Count == 0
               // With DNS it works as long as DNS does.
               select Found(server, $"/etc/hosts: {name}", "an address", null) with { Risk = resolver.Servers.Count > 0 ? Risk.RecoveryAtRisk : Risk };
    }
}
