using System.Text.RegularExpressions;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>
/// Tells which of a cluster's values anybody may see. Of those that tell how a node is fenced only the well known harmless ones: a new
/// agent may call its password anything.
/// </summary>
internal static partial class FenceWords
{
    private static readonly HashSet<string> harmless =
    [
        "agent", "ipaddr", "ip", "ipport", "port", "plug", "login", "username", "lanplus", "method", "action", "delay", "power_wait",
        "ssl", "ssl_insecure", "ssl_secure", "cipher", "auth", "privlvl", "type", "snmp_version", "hosts", "devices", "pcmk_host_list", "pcmk_host_map",
        "pcmk_host_check", "pcmk_host_argument", "pcmk_reboot_action", "pcmk_off_action", "pcmk_delay_max", "pcmk_delay_base",
        "standby", "maintenance", "terminate", "probe_complete",
    ];

    // IML numbers a node's fence devices.
    [GeneratedRegex("^[0-9]+_fence_", RegexOptions.NonBacktracking)]
    private static partial Regex Number { get; }

    public static bool IsPublic(CibElement pair, bool isFencing) =>
        !SecretName.IsIn(pair.Id) && !SecretName.IsIn(pair["name"] ?? "") && !SecretName.IsIn(pair["value"] ?? "")
        && (!isFencing || harmless.Contains(Number.Replace(pair["name"] ?? "", "")));
}
