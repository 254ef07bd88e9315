using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A cluster with targets and no way to cut a node's power.</summary>
internal sealed class NoFenceDevice() : ClusterRule("no-fence-device", Risk.FailoverAtRisk)
{
    public override string Why => "Pacemaker waits for a fencing that nobody can do, and takes over nothing";

    public override string Source => "appendix C, restore step 16; IML's CIB always has st-fencing (stonith:fence_chroma)";

    public override string NextStep => "create the fence resource again: with IML 'pcs stonith create st-fencing fence_chroma', else one for each BMC or power switch";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster)
    {
        var bites = cluster.Resources.Any(resource => resource.Agent.StartsWith("stonith:", StringComparison.Ordinal))
            || (cluster.Properties.GetValueOrDefault("have-watchdog").IsOn && cluster.Properties.ContainsKey("stonith-watchdog-timeout"));
        if (cluster.Targets.Any() && !bites)
            yield return Found(server, "stonith resource", "at least one", null);
    }
}
