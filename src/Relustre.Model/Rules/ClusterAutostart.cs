using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A server of IML's that does not come back into its cluster after a reboot.</summary>
internal sealed class ClusterAutostart() : ServerRule("cluster-autostart", "services", Risk.Config)
{
    private static readonly string[] units = ["corosync.service", "pacemaker.service"];

    public override string Why => "IML enables Corosync and Pacemaker; its upgrade guide leaves them off only until a rebuilt server is verified, and then the pair runs on one node";

    public override string Source => "tried: after appendix C's package step they are off and nothing enables them; IML's EL7 upgrade guide";

    public override string NextStep => "when the server is verified, run 'systemctl enable corosync pacemaker'";

    public override IReadOnlyList<string> Facts => ["services", "chroma-agent", "corosync"];

    public override IEnumerable<Finding> Check(ServerView server) =>
        from unit in IsOfIml(server) ? server.Fact<ServicesFacts>()?.Units ?? [] : []
        where unit.State == "disabled" && units.Contains(unit.Name)
        select Found(server, unit.Name, "enabled", unit.State);

    // On EL6 the agent itself starts what it needs.
    private static bool IsOfIml(ServerView server) =>
        server.Fact<ChromaAgentFacts>()?.Era is ImlEra.From30To40 or ImlEra.From50To63 && server.Fact<CorosyncFacts>() is { Nodes.Count: > 1 };
}
