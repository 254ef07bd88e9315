using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>The cluster, a node or a resource was taken out of the cluster's hands and never given back.</summary>
internal sealed class MaintenanceMode() : ClusterRule("maintenance-mode", Risk.FailoverAtRisk)
{
    public override string Why => "Pacemaker looks on and moves nothing, whatever fails";

    public override string Source => "Pacemaker; IML's upgrade guide sets it for the time of an upgrade only";

    public override string NextStep => "look at 'pcs status', then give it back: 'pcs property set maintenance-mode=false', 'pcs node unmaintenance' or 'pcs resource manage'";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster) =>
    [
        .. cluster.Properties.GetValueOrDefault("maintenance-mode").IsOn ? [Found(server, "maintenance-mode", "false", "true")] : Array.Empty<Finding>(),
        .. cluster.ResourceDefaults.GetValueOrDefault("is-managed").IsOff ? [Found(server, "rsc_defaults.is-managed", "true", "false")] : Array.Empty<Finding>(),
        .. from node in cluster.Nodes
           where node.Attributes.GetValueOrDefault("maintenance").IsOn
           select Found(server, $"node({node.Name}).maintenance", "false", "true"),
        .. from resource in cluster.Resources
           where resource.Meta.GetValueOrDefault("is-managed").IsOff || resource.Meta.GetValueOrDefault("maintenance").IsOn
           select Found(server, $"primitive({resource.Id}).is-managed", "true", "false"),
    ];
}
