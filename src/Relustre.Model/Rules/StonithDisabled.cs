using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Fencing is switched off, as an emergency recovery does, and nobody has switched it on again.</summary>
internal sealed class StonithDisabled() : ClusterRule("stonith-disabled", Risk.DataAtRisk)
{
    private static readonly string[] names = ["stonith-enabled", "fencing-enabled"];

    public override string Why => "nothing stops a node that hangs from writing to a target that its partner has taken over";

    public override string Source => "appendix C, restore step 16: not supported without fencing, and to be reversed";

    public override string NextStep => "when both nodes are well, run 'pcs property set stonith-enabled=true' and test the fencing";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster) =>
        from name in names
        let value = cluster.Properties.GetValueOrDefault(name)
        where value.IsOff
        select Found(server, name, "true", value);
}
