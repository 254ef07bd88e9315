using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>How names become addresses: hosts, DNS, and the order in which they are asked.</summary>
internal sealed class NameResolution() : Component("name-resolution", RestoreStage.Naming)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/hosts", Format.Lines),
        File("/etc/resolv.conf", Format.Resolver),
        File("/etc/nsswitch.conf", Format.Databases),
        File("/etc/host.conf", Format.Lines),
        File("/etc/gai.conf", Format.Lines),
        File("/etc/networks", Format.Lines),
        File("/etc/resolvconf/**", Format.Script),
        File("/etc/systemd/resolved.conf", Format.Sections),
        File("/etc/systemd/resolved.conf.d/*", Format.Sections),
        // Where resolv.conf is a link into /run, the link alone says nothing.
        Tool("resolv.conf", "[ ! -e /etc/resolv.conf ] || cat /etc/resolv.conf", Format.Resolver) with { Needs = "cat", Filter = "sed '/^#/d'" },
    ];

    public override Risk Risk => Risk.Config;

    public override string Why => "names become other addresses, or none";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/hosts: 127.*", Risk.FailoverAtRisk, "a node whose own name is a loopback address gives it to its partner", KeyMeaning.PerHost),
        Risky("/etc/hosts: *", Risk.FailoverAtRisk, "Corosync does not start when a ring's address is a name that it cannot resolve", KeyMeaning.Shared),
        Risky("/etc/nsswitch.conf: hosts", Risk.FailoverAtRisk, "hosts must be asked before DNS, or the cluster depends on it", KeyMeaning.Shared),
        Risky("/etc/nsswitch.conf: *", Risk.Security, "users and groups come from elsewhere, or in another order", KeyMeaning.Shared),
    ];

    /// <summary>What the link leads to is told only where it is a link.</summary>
    public override IEnumerable<Setting> Read(ComponentState state) => state.File("/etc/resolv.conf") is { Kind: FileKind.File }
        ? base.Read(state with { Tools = [.. state.Tools.Where(tool => tool.Name != "resolv.conf")] })
        : base.Read(state);

    public override ComponentFacts? Facts(ComponentState state)
    {
        if (state is { Files: [], Tools: [] })
            return null;
        var resolver = Lines.Rows(state.Text("/etc/resolv.conf") ?? state.Said("resolv.conf") ?? "").ToList();
        return new NameResolutionFacts
        {
            Servers = [.. from row in resolver where row is ["nameserver", _, ..] select row[1]],
            SearchDomains = [.. resolver.LastOrDefault(row => row[0] is "search" or "domain")?.Skip(1) ?? []],
            HostsOrder = [.. Format.Lines.Read(state.Text("/etc/nsswitch.conf") ?? "").Last("hosts")?.Words ?? []],
            Hosts = [.. from row in Lines.Rows(state.Text("/etc/hosts") ?? "") where row.Length > 1 select new NameResolutionFacts.Entry(row[0], row[1..])],
        };
    }
}
