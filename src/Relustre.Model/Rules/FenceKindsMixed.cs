using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Some nodes are fenced by their BMC and others by a power switch, or one by both.</summary>
internal sealed class FenceKindsMixed() : ClusterRule("fence-kinds-mixed", Risk.FailoverAtRisk)
{
    public override string Why => "a switch that cuts one of two supplies, or the BMC with it, leaves a node half alive that counts as fenced";

    public override string Source => "IML's high availability specification: IPMI or PDU, never both";

    public override string NextStep => "decide for one kind, and remove the other's attributes (N_fence_agent first)";

    protected override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster)
    {
        var devices = cluster.Nodes.SelectMany(node => FenceDevice.Of(node).Select(device => (node.Name, Device: device))).ToList();
        var ipmi = devices.Where(one => one.Device.IsIpmi).Select(one => one.Name).Distinct().ToList();
        var switches = devices.Where(one => one.Device.IsPowerSwitch).Select(one => one.Name).Distinct().ToList();
        if (ipmi.Count > 0 && switches.Count > 0)
            yield return Found(server, "N_fence_agent", "one kind of device", $"by BMC: {string.Join(", ", ipmi)}; by power switch: {string.Join(", ", switches)}");
    }
}
