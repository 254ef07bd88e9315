using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>
/// Tells which of a cluster's values anybody may see. Of those that tell how a node is fenced only the well known harmless ones: a new
/// agent may call its password anything.
/// </summary>
internal static class FenceWords
{
    private static readonly HashSet<string> harmless =
    [
        "agent", "ipaddr", "ip", "ipport", "port", "plug", "login", "username", "lanplus", "method", "action", "delay", "power_wait",
        "ssl", "ssl_insecure", "ssl_secure", "cipher", "auth", "privlvl", "type", "snmp_version", "hosts", "devices", "pcmk_host_list", "pcmk_host_map",
        "pcmk_host_check", "pcmk_host_argument", "pcmk_reboot_action", "pcmk_off_action", "pcmk_delay_max", "pcmk_delay_base",
        "standby", "maintenance", "terminate", "probe_complete",
    ];

    public static bool IsPublic(CibElement pair, bool isFencing) =>
        !SecretName.IsIn(pair.Id) && !SecretName.IsIn(pair["name"] ?? "") && !SecretName.IsIn(pair["value"] ?? "")
        && (!isFencing || harmless.Contains(WithoutNumber(pair["name"] ?? "")));

    // IML numbers a node's fence devices: "0_fence_ipaddr".
    private static string WithoutNumber(string name)
    {
        var digits = name.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && name.AsSpan(digits).StartsWith("_fence_", StringComparison.Ordinal) ? name[(digits + "_fence_".Length)..] : name;
    }
}
