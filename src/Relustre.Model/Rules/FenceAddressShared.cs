using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Two nodes with one BMC's address: whoever is to be fenced, the same machine goes down.</summary>
internal sealed class FenceAddressShared() : ClusterRule("fence-address-shared", Risk.DataAtRisk)
{
    public override string Why => "the wrong machine loses its power, and the one that hangs counts as fenced and writes on";

    public override string Source => "Pacemaker's fencing; each node has a BMC of its own";

    public override string NextStep => "look at each BMC's address ('ipmitool lan print' on the node) and correct the attributes or fence resources";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster) =>
        from bmc in ByAttributes(cluster).Concat(ByResources(cluster))
        where bmc.Address is not null
        group bmc.Node by bmc.Address into shared
        let nodes = shared.Distinct().Order(StringComparer.Ordinal).ToList()
        where nodes.Count > 1
        select Found(server, $"BMC {shared.Key}", "one node's", string.Join(", ", nodes));

    private static IEnumerable<(string Node, string? Address)> ByAttributes(PacemakerFacts cluster) =>
        from node in cluster.Nodes
        from device in FenceDevice.Of(node)
        where device.IsIpmi
        select (node.Name, device.Values.GetValueOrDefault("ipaddr"));

    private static IEnumerable<(string Node, string? Address)> ByResources(PacemakerFacts cluster) =>
        from resource in cluster.Resources
        where resource.Agent == "stonith:fence_ipmilan" && resource.Parameters.ContainsKey("pcmk_host_list")
        select (resource.Parameters["pcmk_host_list"], resource.Parameters.GetValueOrDefault("ip") ?? resource.Parameters.GetValueOrDefault("ipaddr"));
}
