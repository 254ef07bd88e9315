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

    internal const string FallBackFolder = "/var/lib/relustre/firewall";

    [GeneratedRegex("""<port (?:protocol="(?<protocol>\w{1,8})" port="(?<port>[0-9-]{1,11})"|port="(?<port>[0-9-]{1,11})" protocol="(?<protocol>\w{1,8})")""")]
    private static partial Regex ZonePort { get; }

    [GeneratedRegex("""<service name="([\w.-]{1,64})"/>""")]
    private static partial Regex ZoneService { get; }

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/sysconfig/iptables", Format.FirewallRules),
        File("/etc/sysconfig/ip6tables", Format.FirewallRules),
        File("/etc/sysconfig/iptables-config", Format.Assignments),
        File("/etc/sysconfig/ip6tables-config", Format.Assignments),
        File("/etc/sysconfig/system-config-firewall", Format.Items),
        File("/etc/sysconfig/ebtables", Format.FirewallRules),
        File("/etc/sysconfig/ipset", Format.Items),
        File("/etc/ipset/**", Format.Items),
        File("/etc/firewalld/firewalld.conf", Format.Assignments),
        File("/etc/firewalld/**", Format.XmlText) with { Except = ["*.old"] },
        File("/etc/sysconfig/firewalld", Format.Assignments),
        File("/etc/sysconfig/nftables.conf", Format.NftRules),
        File("/etc/nftables.conf", Format.NftRules),
        File("/etc/nftables/**", Format.NftRules),
        File("/etc/ufw/*.rules", Format.FirewallRules),
        File("/etc/ufw/ufw.conf", Format.Assignments),
        File("/etc/ufw/**", Format.Script),
        File("/etc/default/ufw", Format.Assignments),
        File("/etc/iptables/*", Format.FirewallRules),
        File("/etc/hosts.allow", Format.Lines) with { IsOrdered = true },
        File("/etc/hosts.deny", Format.Lines) with { IsOrdered = true },
        Tool("iptables", "iptables-save" + OrNotThere("iptables-save"), Format.FirewallRules) with { Filter = WithoutCounters },
        Tool("ip6tables", "ip6tables-save" + OrNotThere("ip6tables-save"), Format.FirewallRules) with { Filter = WithoutCounters },
        Tool("nftables", "nft -s list ruleset" + OrNotThere("nft list ruleset"), Format.NftRules) with { Filter = "sed 's/ counter packets [0-9]* bytes [0-9]*/ counter/; s/ expires [0-9a-z]*//'" },
        Tool("firewalld", "! firewall-cmd -q --state 2>/dev/null || firewall-cmd --list-all-zones", Format.OutlineOfSets) with { Needs = "firewall-cmd" },
    ];

    public override Risk Risk => Risk.Security;

    public override string Why => "the server is open to others than before, or closed to the ones it serves: LNet needs 988/tcp, the cluster its mcastport/udp and 2224/tcp";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("*988*", Risk.FailoverAtRisk, "LNet talks over 988/tcp: clients and servers do not reach a target behind a closed port", KeyMeaning.Shared),
        Risky("*2224*", Risk.FailoverAtRisk, "pcsd talks over 2224/tcp: nodes cannot be added, and settings reach only one of them", KeyMeaning.Shared),
        Risky("*540?*", Risk.FailoverAtRisk, "Corosync talks over its port: nodes that do not hear each other fence each other", KeyMeaning.Shared),
        Risky("firewalld: *interfaces*", Risk.Config, "an interface is in another zone", KeyMeaning.PerHost),
        Risky("*.interface(*", Risk.Config, "an interface is in another zone", KeyMeaning.PerHost),
    ];

    // Rules of the backup may not know the machine that restores; whoever shuts himself out is let in again by the server itself.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        new FallBack(FallBackFolder, "firewall", $"""
            {UnitSteps.Script(context.Platform, "reload", "firewalld", "ufw")} || : >failed
            {UnitSteps.Script(context.Platform, "restart", "iptables", "ip6tables", "nftables", "netfilter-persistent")} || : >failed
            """) { AtOnce = ["/etc/hosts.allow", "/etc/hosts.deny"] }.Around([.. FileChanges.Of(wanted, found, differences)]);

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context) =>
        NicNames.Of(context).In(wanted, _ => true);

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
