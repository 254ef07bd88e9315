using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A node that fence_chroma cannot fence, since its attributes do not say how.</summary>
internal sealed class FenceAttributesMissing() : ClusterRule("fence-attributes-missing", Risk.FailoverAtRisk)
{
    public override string Why => "fence_chroma does nothing for a node whose attributes do not tell how, so its targets are never taken over";

    public override string Source => "IML issue 824; IML writes N_fence_agent last and removes it first";

    public override string NextStep => "configure the server's power control in IML again, or set the attributes with 'crm_attribute --node NODE --name 0_fence_…', N_fence_agent last";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster) => cluster.FencesByChroma
        ? cluster.Nodes.SelectMany(node => OfNode(server, node))
        : [];

    private IEnumerable<Finding> OfNode(ServerView server, ClusterNode node)
    {
        var devices = FenceDevice.Of(node);
        if (devices.Count == 0)
            return [Found(server, $"node({node.Name}).0_fence_agent", "how to fence it", null)];
        return from device in devices
               let missing = device.Missing.Select(name => $"{device.Number}_fence_{name}").ToList()
               where missing.Count > 0
               select Found(server, $"node({node.Name}).{device.Number}_fence", $"all of {device.Agent ?? "a fence agent"}'s attributes", $"without {string.Join(", ", missing)}");
    }
}
