using System.Text.RegularExpressions;
using Relustre.Facts;

namespace Relustre.Components;

/// <summary>What may reach the server: the files of every firewall there was, and the rules that hold now.</summary>
internal sealed partial class Firewall() : Component("firewall", RestoreStage.Network)
{
    // Comments tell the time of day, brackets count packets.
    private const string WithoutCounters = "sed -e '/^#/d' -e 's/\\[[0-9]*:[0-9]*\\]/[0:0]/'";

    // A kernel without the firewall's module, and a container that may not ask, have no rules to tell: the tool says it in these words.
    private static string OrNotThere(string command) =>
        $" || {command} 2>&1 | grep -qiE 'not permitted|not supported|denied|does not exist|do you need to insmod'";

    [GeneratedRegex("""<port (?:protocol="(?<protocol>\w{1,8})" port="(?<port>[0-9-]{1,11})"|port="(?<port>[0-9-]{1,11})" protocol="(?<protocol>\w{1,8})")""")]
    private static partial Regex ZonePort { get; }

    [GeneratedRegex("""<service name="([\w.-]{1,64})"/>""")]
    private static partial Regex ZoneService { get; }

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/sysconfig/iptables", Format.Lines),
        File("/etc/sysconfig/ip6tables", Format.Lines),
        File("/etc/sysconfig/iptables-config", Format.Assignments),
        File("/etc/sysconfig/ip6tables-config", Format.Assignments),
        File("/etc/sysconfig/system-config-firewall", Format.Lines),
        File("/etc/sysconfig/ebtables"),
        File("/etc/sysconfig/ipset", Format.Lines),
        File("/etc/ipset/**"),
        File("/etc/firewalld/**") with { Except = ["*.old"] },
        File("/etc/sysconfig/firewalld", Format.Assignments),
        File("/etc/sysconfig/nftables.conf"),
        File("/etc/nftables.conf"),
        File("/etc/nftables/**"),
        File("/etc/ufw/**"),
        File("/etc/default/ufw", Format.Assignments),
        File("/etc/iptables/*", Format.Lines),
        File("/etc/hosts.allow", Format.Lines),
        File("/etc/hosts.deny", Format.Lines),
        Tool("iptables", "iptables-save" + OrNotThere("iptables-save"), Format.Lines) with { Filter = WithoutCounters },
        Tool("ip6tables", "ip6tables-save" + OrNotThere("ip6tables-save"), Format.Lines) with { Filter = WithoutCounters },
        Tool("nftables", "nft -s list ruleset" + OrNotThere("nft list ruleset")) with { Filter = "sed 's/ counter packets [0-9]* bytes [0-9]*/ counter/; s/ expires [0-9a-z]*//'" },
        Tool("firewalld", "! firewall-cmd -q --state 2>/dev/null || firewall-cmd --list-all-zones") with { Needs = "firewall-cmd" },
    ];

    public override ComponentFacts? Facts(ComponentState state) => state is { Files: [], Tools: [] } ? null : new FirewallFacts
    {
        DefaultZone = Format.Assignments.Read(state.Text("/etc/firewalld/firewalld.conf") ?? "").Last("DefaultZone"),
        OpenPorts =
        [
            .. (from file in state.In("/etc/firewalld/zones") from Match match in ZonePort.Matches(file.Text) select PortIn(match))
               .Concat(Rules(state).SelectMany(FirewallRule.OpenPorts))
               .Distinct().Order(StringComparer.Ordinal),
        ],
        OpenServices =
        [
            .. (from file in state.In("/etc/firewalld/zones") from Match match in ZoneService.Matches(file.Text) select match.Groups[1].Value)
               .Distinct().Order(StringComparer.Ordinal),
        ],
        SavedRules = RulesIn(state.Text("/etc/sysconfig/iptables", "/etc/iptables/rules.v4")),
        LiveRules = RulesIn(state.Said("iptables")),
    };

    private static IEnumerable<string> Rules(ComponentState state) =>
        from text in (string?[])
        [
            state.Text("/etc/sysconfig/iptables", "/etc/iptables/rules.v4"),
            state.Text("/etc/ufw/user.rules"),
            state.Said("iptables"),
            state.Said("nftables"),
        ]
        from line in (text ?? "").TrimmedLines
        select line;

    private static string PortIn(Match match) => $"{match.Groups["port"].Value}/{match.Groups["protocol"].Value}";

    private static int? RulesIn(string? text) => text?.TrimmedLines.Count(line => line.StartsWith("-A ", StringComparison.Ordinal));
}
