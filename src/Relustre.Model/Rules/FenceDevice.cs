using System.Globalization;
using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>One way to cut a node's power, as IML writes it into the node's attributes: <c>0_fence_agent</c>, <c>0_fence_ipaddr</c> …</summary>
internal sealed record FenceDevice(int Number, IReadOnlyDictionary<string, string> Values)
{
    private const string Mark = "_fence_";

    public string? Agent => Values.GetValueOrDefault("agent");

    public bool IsIpmi => Agent is "fence_ipmilan" or "fence_idrac" or "fence_ilo" or "fence_ilo3" or "fence_ilo4" or "fence_imm";

    public bool IsPowerSwitch => Agent is "fence_apc" or "fence_apc_snmp" or "fence_eaton_snmp" or "fence_raritan" or "fence_wti";

    /// <summary>What IML writes for such a device and is not there.</summary>
    public IEnumerable<string> Missing => Needed.Where(name => !Values.ContainsKey(name));

    private IEnumerable<string> Needed => Agent switch
    {
        null => ["agent"],
        "fence_xvm" => ["plug"],
        "fence_virsh" or "fence_vbox" => ["ipaddr", "login", "plug"],
        _ when IsIpmi => ["ipaddr", "login", "password"],
        _ when IsPowerSwitch => ["ipaddr", "login", "password", "plug"],
        _ => ["ipaddr"],
    };

    /// <summary>In the order of their numbers, as fence_chroma tries them.</summary>
    public static IReadOnlyList<FenceDevice> Of(ClusterNode node) =>
    [
        .. from attribute in node.Attributes
           let at = attribute.Key.IndexOf(Mark, StringComparison.Ordinal)
           where at > 0 && int.TryParse(attribute.Key.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           group (Name: attribute.Key[(at + Mark.Length)..], attribute.Value) by int.Parse(attribute.Key.AsSpan(0, at), CultureInfo.InvariantCulture) into device
           orderby device.Key
           select new FenceDevice(device.Key, device.DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Value)),
    ];
}
