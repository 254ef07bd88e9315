using System.Text.RegularExpressions;
using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>
/// The way to the other servers: profiles of every era, and what a NIC is known by (address, slot, driver, GUID), so that a
/// profile finds its card again after a repair.
/// </summary>
internal sealed partial class Network() : Component("network", RestoreStage.Network)
{
    // Containers' ends come and go, and are nobody's configuration.
    // A program for each word of each NIC would cost more than all else that is asked of a server, so the shell reads by itself.
    private const string Nics =
        "word() { word=; [ ! -r \"$nic/$1\" ] || read -r word <\"$nic/$1\" || :; } 2>/dev/null; "
        + "link() { word=; [ ! -L \"$nic/$1\" ] || word=$(readlink \"$nic/$1\"); }; "
        + "for nic in /sys/class/net/*; do case $nic in */veth*|*/tap*|*/cali*) continue;; esac; [ -r \"$nic/address\" ] || continue; "
        + "word address; line=\"${nic##*/} mac=$word\"; word type; line=\"$line type=$word\"; word mtu; line=\"$line mtu=$word\"; "
        + "word=$(cd -P \"$nic/device\" 2>/dev/null && pwd -P) || word=$(cd -P \"$nic\" && pwd -P)/device; line=\"$line path=$word\"; "
        + "link device/driver; line=\"$line driver=$word\"; word dev_id; line=\"$line port=$word\"; link master; line=\"$line master=$word\"; "
        + "word bonding/mode; line=\"$line bond=\\\"$word\\\"\"; word bonding/slaves; line=\"$line slaves=\\\"$word\\\"\"; "
        + "word=; [ ! -d \"$nic/bridge\" ] || word=yes; printf '%s\\n' \"$line bridge=$word\"; done";

    private const string PermanentAddresses =
        "for nic in /sys/class/net/*; do [ ! -e \"$nic/device\" ] || echo \"${nic##*/} $(ethtool -P \"${nic##*/}\" 2>/dev/null)\"; done";

    // Numbers of links, ages of leases and temporary addresses change by themselves.
    private const string WithoutAges =
        "sed -e '/ temporary /d' -e 's/^[0-9]*: //' -e 's/\\\\.*//' -e 's/ *valid_lft.*//' -e 's/ expires -\\{0,1\\}[0-9]*sec//' -e 's/ *$//' | sort";

    private const string WithoutLocalRoutes =
        "sed -e '/table local/d' -e '/ cache/d' -e '/^ff00/d' -e 's/ expires -\\{0,1\\}[0-9]*sec//' -e 's/ error -\\{0,1\\}[0-9]*//' -e 's/ *$//' | sort";

    [GeneratedRegex(@"[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]", RegexOptions.RightToLeft)]
    private static partial Regex PciAddress { get; }

    // Sites that boot with ipv6.disable=1 have none of it.
    private const string WithIPv6 = "ip /proc/net/if_inet6";

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/sysconfig/network-scripts/ifcfg-*", Format.Assignments),
        File("/etc/sysconfig/network-scripts/route-*", Format.Lines),
        File("/etc/sysconfig/network-scripts/route6-*", Format.Lines),
        File("/etc/sysconfig/network-scripts/rule-*", Format.Lines),
        File("/etc/sysconfig/network-scripts/rule6-*", Format.Lines),
        SecretFile("/etc/sysconfig/network-scripts/keys-*", Format.Assignments),
        File("/etc/sysconfig/static-routes", Format.Lines),
        // /sbin is a folder of its own on EL6 only, and a link ever since: the files are captured where they lie.
        File("/sbin/ifup-local", Format.Script),
        File("/sbin/ifdown-local", Format.Script),
        File("/usr/sbin/ifup-local", Format.Script),
        File("/usr/sbin/ifdown-local", Format.Script),
        File("/etc/NetworkManager/NetworkManager.conf", Format.Sections),
        File("/etc/NetworkManager/conf.d/*", Format.Sections),
        File("/etc/NetworkManager/dispatcher.d/**", Format.Script),
        File("/etc/NetworkManager/dnsmasq.d/*", Format.Options),
        // Keys of wireless networks and of 802.1X stand in these, and nobody can tell beforehand in which.
        SecretFile("/etc/NetworkManager/system-connections/*", Format.Sections),
        SecretFile("/etc/netplan/*", Format.LnetYaml),
        SecretFile("/etc/systemd/network/**", Format.Sections),
        SecretFile("/etc/wpa_supplicant/*.conf", Format.Script),
        File("/etc/network/interfaces", Format.Interfaces),
        File("/etc/network/interfaces.d/*", Format.Interfaces),
        File("/etc/network/if-pre-up.d/*", Format.Script),
        File("/etc/network/if-up.d/*", Format.Script),
        File("/etc/network/if-down.d/*", Format.Script),
        File("/etc/network/if-post-down.d/*", Format.Script),
        File("/etc/dhclient.conf", Format.Lines),
        File("/etc/dhcp/*.conf", Format.Lines),
        File("/etc/iproute2/rt_tables", Format.Lines),
        File("/etc/iproute2/rt_tables.d/*", Format.Lines),
        File("/etc/ethers", Format.Lines),
        File("/etc/udev/rules.d/70-persistent-net.rules", Format.NamedRules),
        File("/etc/udev/rules.d/70-persistent-ipoib.rules", Format.NamedRules),
        Tool("nics", Nics, Format.Pairs) with { Needs = "readlink" },
        Tool("permanent-addresses", PermanentAddresses, Format.Lines) with { Needs = "ethtool" },
        Tool("vlans", "[ ! -r /proc/net/vlan/config ] || cat /proc/net/vlan/config", Format.Lines) with { Needs = "cat", Filter = "sed 1,2d" },
        Tool("addresses", "ip -o address show", Format.Lines) with { Filter = WithoutAges },
        Tool("routes", "ip -4 route show table all", Format.Lines) with { Filter = WithoutLocalRoutes },
        Tool("routes6", "ip -6 route show table all", Format.Lines) with { Needs = WithIPv6, Filter = WithoutLocalRoutes },
        Tool("rules", "ip -4 rule show", Format.Lines),
        Tool("rules6", "ip -6 rule show", Format.Lines) with { Needs = WithIPv6 },
    ];

    public override Risk Risk => Risk.RecoveryAtRisk;

    public override string Why => "a server that its network does not reach serves nobody, and nobody can mend it from afar";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Noise("/etc/NetworkManager/system-connections/*: connection.timestamp"),
        Risky("*: HWADDR", Risk.RecoveryAtRisk, "a profile bound to a card that is gone leaves the server without network", KeyMeaning.Unique),
        Risky("*mac-address", Risk.RecoveryAtRisk, "a profile bound to a card that is gone leaves the server without network", KeyMeaning.Unique),
        Risky("*: UUID", Risk.Cosmetic, "NetworkManager tells profiles apart by this number alone", KeyMeaning.Unique),
        Risky("*: connection.uuid", Risk.Cosmetic, "NetworkManager tells profiles apart by this number alone", KeyMeaning.Unique),
        Risky("*: IPADDR*", Risk.FailoverAtRisk, "partners, clients and LNet know this server by its address", KeyMeaning.Unique),
        Risky("*: ipv?.address*", Risk.FailoverAtRisk, "partners, clients and LNet know this server by its address", KeyMeaning.Unique),
        Risky("*: GATEWAY*", Risk.RecoveryAtRisk, "other networks are reached by this gateway", KeyMeaning.Shared),
        Risky("*: NETMASK*", Risk.FailoverAtRisk, "a server with another mask does not reach its neighbours, and its ring binds elsewhere", KeyMeaning.Shared),
        Risky("*: PREFIX*", Risk.FailoverAtRisk, "a server with another mask does not reach its neighbours, and its ring binds elsewhere", KeyMeaning.Shared),
        Risky("*: MTU", Risk.FailoverAtRisk, "large packets are lost between servers whose MTU differs", KeyMeaning.Shared),
        Risky("*: ONBOOT", Risk.RecoveryAtRisk, "the interface is not there after a reboot", KeyMeaning.Shared),
        Risky("*: NM_CONTROLLED", Risk.Config, "IML keeps the crossover out of NetworkManager's hands", KeyMeaning.Shared),
        Risky("nics: *", Risk.RecoveryAtRisk, "a card is another one, is elsewhere or is missing", KeyMeaning.PerHost),
        Risky("permanent-addresses: *", Risk.RecoveryAtRisk, "a card is another one or is missing", KeyMeaning.Unique),
        Risky("addresses: *", Risk.FailoverAtRisk, "the server has other addresses than it had", KeyMeaning.PerHost),
        Risky("*-persistent-*", Risk.RecoveryAtRisk, "LNet and the profiles name interfaces: a card under another name is not theirs", KeyMeaning.PerHost),
    ];

    public override ComponentState Adapted(ComponentState wanted, ComponentState found, RestoreContext context)
    {
        var names = NicNames.Of(context);
        var files = names.In(wanted, _ => true);
        return context.Cards is { } cards ? NicAnswers.In(files, found, names, cards) : files;
    }

    public override IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context)
    {
        var mapping = context.Cards ?? NicMapping.Between(Facts(wanted) as NetworkFacts, Facts(found) as NetworkFacts, context.Macs);
        return
        [
            .. from pair in mapping.Pairs.Except(mapping.Doubtful) where pair.Reason != NicMapping.Reason.SameMac || pair.Wanted.Name != pair.Found.Name select pair.ToString(),
            .. from card in mapping.Homeless select $"nothing takes the place of {card.Name} ({NicMapping.MacOf(card)}) yet: it may come with a driver, or say which card does by --nic {card.Name}=NEW",
        ];
    }

    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        NetworkChange.Steps([.. FileChanges.Of(wanted, found, differences)], Facts(wanted) as NetworkFacts, Facts(found) as NetworkFacts, NicNames.Of(context).WaitForBoot);

    public override ComponentFacts? Facts(ComponentState state)
    {
        if (state is { Files: [], Tools: [] })
            return null;
        var permanent = Rows(state, "permanent-addresses").Where(row => row.Length > 1).ToLookup(row => row[0], row => row[^1]);
        var addresses = Rows(state, "addresses").Where(row => row is [_, "inet" or "inet6", _, ..]).ToLookup(row => row[0], row => row[2]);
        var vlans = Rows(state, "vlans").Where(row => row is [_, "|", _, "|", _]).ToLookup(row => row[0]);
        return new NetworkFacts
        {
            Interfaces =
            [
                .. from line in (state.Said("nics") ?? "").TrimmedLines
                   let nic = InterfaceIn(line)
                   let vlan = vlans[nic.Name].FirstOrDefault()
                   select nic with
                   {
                       PermanentMac = permanent[nic.Name].FirstOrDefault(mac => mac.Contains(':', StringComparison.Ordinal)),
                       Addresses = [.. addresses[nic.Name]],
                       Kind = vlan is null ? nic.Kind : NetworkFacts.LinkKind.Vlan,
                       VlanId = int.TryParse(vlan?[2], out var id) ? id : null,
                       Parent = vlan?[4],
                   },
            ],
            Routes = [.. Rows(state, "routes").Concat(Rows(state, "routes6")).Where(row => !row.Contains("kernel")).Select(row => string.Join(' ', row))],
            Profiles = [.. NetworkProfiles.In(state)],
            NamesAreFixed = state.File("/etc/udev/rules.d/70-persistent-net.rules") is not null ? true : null,
        };
    }

    private static IEnumerable<string[]> Rows(ComponentState state, string tool) =>
        from line in (state.Said(tool) ?? "").TrimmedLines select line.Words;

    private static NetworkFacts.Interface InterfaceIn(string line)
    {
        var pairs = Pairs.In(line);
        var mac = pairs.Last("mac");
        var type = pairs.Last("type");
        var slot = PciAddress.Match(pairs.Last("path") ?? "");
        return new NetworkFacts.Interface
        {
            Name = line.Words[0],
            Kind = KindOf(type, pairs),
            Mac = mac,
            PortGuid = type == "32" && mac is { Length: > 23 } ? mac[^23..] : null,
            PciAddress = slot.Success ? slot.Value : null,
            Driver = pairs.Last("driver")?.Split('/')[^1].OrNull,
            Mtu = int.TryParse(pairs.Last("mtu"), out var mtu) ? mtu : null,
            Master = pairs.Last("master")?.Split('/')[^1].OrNull,
            BondMode = pairs.Last("bond")?.Words.FirstOrDefault(),
            Slaves = [.. pairs.Last("slaves")?.Words ?? []],
        };
    }

    private static NetworkFacts.LinkKind KindOf(string? type, IReadOnlyList<Setting> pairs) => type switch
    {
        "1" when pairs.Last("bond") is not null => NetworkFacts.LinkKind.Bond,
        "1" when pairs.Last("bridge") is not null => NetworkFacts.LinkKind.Bridge,
        "1" => NetworkFacts.LinkKind.Ethernet,
        "32" => NetworkFacts.LinkKind.InfiniBand,
        "772" => NetworkFacts.LinkKind.Loopback,
        _ => NetworkFacts.LinkKind.Other,
    };
}
