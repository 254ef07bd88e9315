using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>How names become addresses: hosts, DNS, and the order in which they are asked.</summary>
internal sealed class NameResolution() : Component("name-resolution", RestoreStage.Naming)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/hosts", Format.Lines),
        File("/etc/resolv.conf", Format.Lines),
        File("/etc/nsswitch.conf", Format.Lines),
        File("/etc/host.conf", Format.Lines),
        File("/etc/gai.conf", Format.Lines),
        File("/etc/networks", Format.Lines),
        File("/etc/resolvconf/**"),
        File("/etc/systemd/resolved.conf", Format.Sections),
        File("/etc/systemd/resolved.conf.d/*", Format.Sections),
        // Where resolv.conf is a link into /run, the link alone says nothing.
        Tool("resolv.conf", "[ ! -e /etc/resolv.conf ] || cat /etc/resolv.conf", Format.Lines) with { Needs = "cat", Filter = "sed '/^#/d'" },
    ];

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
