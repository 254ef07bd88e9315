using System.Text;
using Relustre.Facts;
using Relustre.Steps;
using static Relustre.NicMapping;

namespace Relustre.Tests.Restore;

/// <summary>Which card takes the place of which, and that every file says so.</summary>
public class NicMappingTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly NetworkFacts.Interface Eth0 = Nic("eth0", "00:25:90:aa:bb:01", "0000:03:00.0", "10.0.2.1/16"), Eth1 = Nic("eth1", "00:25:90:aa:bb:02", "0000:03:00.1", "10.1.0.1/16");

    [Fact]
    public void A_card_is_known_by_its_address_wherever_it_is()
    {
        var mapping = Between(Of(Eth0, Eth1), Of(Eth0 with { Name = "ens5", PciAddress = "0000:03:00.1" }, Eth1 with { Name = "ens6", PciAddress = "0000:03:00.0" }), Nothing);

        Assert.Equal([("eth0", "ens5", Reason.SameMac), ("eth1", "ens6", Reason.SameMac)], Told(mapping));
        Assert.True(mapping.IsCertain);
        Assert.Empty(mapping.Macs);
    }

    [Fact]
    public void Then_by_its_slot_and_driver_then_by_the_address_that_it_has()
    {
        var mapping = Between(Of(Eth0, Eth1), Of(Nic("ens5", "52:54:00:00:00:01", "0000:03:00.0"), Nic("ens6", "52:54:00:00:00:02", "0000:09:00.0", "10.1.0.1/24")), Nothing);

        Assert.Equal([("eth0", "ens5", Reason.SameSlot), ("eth1", "ens6", Reason.SameAddress)], Told(mapping));
        Assert.True(mapping.IsCertain);
        Assert.Equal(new Dictionary<string, string> { ["00:25:90:aa:bb:01"] = "52:54:00:00:00:01", ["00:25:90:aa:bb:02"] = "52:54:00:00:00:02" }, mapping.Macs);
    }

    [Fact]
    public void What_only_its_name_or_nothing_else_tells_is_not_certain()
    {
        var byName = Between(Of(Eth0), Of(Nic("eth0", "52:54:00:00:00:01", null)), Nothing);
        var left = Between(Of(Eth0), Of(Nic("ens9", "52:54:00:00:00:01", null)), Nothing);
        var none = Between(Of(Eth0, Eth1), Of(Nic("ens8", "52:54:00:00:00:01", null), Nic("ens9", "52:54:00:00:00:02", null)), Nothing);

        Assert.Equal([("eth0", "eth0", Reason.SameName)], Told(byName));
        Assert.Equal([("eth0", "ens9", Reason.LastOfItsKind)], Told(left));
        Assert.Empty(none.Pairs);
        Assert.Equal((2, 2), (none.Missing.Count, none.New.Count));
        Assert.All([byName, left, none], mapping => Assert.False(mapping.IsCertain));
        Assert.Equal(["eth0", "eth0"], new[] { byName, left }.Select(mapping => Assert.Single(mapping.Doubtful).Wanted.Name));
        Assert.Equal(["eth0", "eth1"], none.Homeless.Select(nic => nic.Name));
    }

    [Fact]
    public void Who_says_which_is_which_is_believed_by_name_or_address()
    {
        var mapping = Between(Of(Eth0, Eth1), Of(Eth0, Eth1), new Dictionary<string, string> { ["eth0"] = "00:25:90:AA:BB:02", ["00:25:90:aa:bb:02"] = "eth0" });
        var wrong = Between(Of(Eth0), Of(Eth0), new Dictionary<string, string> { ["eth7"] = "eth0" });

        Assert.Equal([("eth0", "eth1", Reason.Told), ("eth1", "eth0", Reason.Told)], Told(mapping));
        Assert.True(mapping.IsCertain);
        Assert.Equal(["eth7=eth0"], wrong.NotUnderstood);
        Assert.False(wrong.IsCertain);
    }

    [Fact]
    public void A_card_that_nobody_used_may_be_missing_and_bridges_are_no_cards()
    {
        var mapping = Between(Of(Eth0, Nic("eth9", "00:25:90:aa:bb:09", "0000:09:00.0"), Nic("docker0", "02:42:00:00:00:01", null)), Of(Eth0), Nothing);

        Assert.True(mapping.IsCertain);
        Assert.Equal(["eth9"], mapping.Missing.Select(nic => nic.Name));
    }

    [Fact]
    public void Empty_and_odd_facts_are_no_trouble()
    {
        Assert.True(Between(null, null, Nothing).IsCertain);
        Assert.False(Between(Of(Eth0), null, Nothing).IsCertain);
        Assert.Equal(2, Between(Of(Eth0, Eth0 with { Name = "copy" }, Eth1), Of(Eth1 with { Name = "eth0" }, Eth0 with { Name = "eth1" }), Nothing).Pairs.Count);
    }

    [Fact]
    public void Every_place_that_names_a_card_names_the_new_one()
    {
        var context = Context(7, Of(Eth0, Eth1), Of(Nic("ens5", "52:54:00:00:00:0a", null, "10.0.2.1/16"), Nic("ens6", "52:54:00:00:00:0b", null, "10.1.0.1/16")));

        Assert.Equal("DEVICE=ens5\nHWADDR=52:54:00:00:00:0A\nNAME=\"ens5\"\nmyeth0=x\n", Written("network", "/etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=eth0\nHWADDR=00:25:90:AA:BB:01\nNAME=\"eth0\"\nmyeth0=x\n", context, "/etc/sysconfig/network-scripts/ifcfg-ens5"));
        Assert.Equal("DEVICE=ens6.100\nPHYSDEV=ens6\n", Written("network", "/etc/sysconfig/network-scripts/ifcfg-eth1.100", "DEVICE=eth1.100\nPHYSDEV=eth1\n", context, "/etc/sysconfig/network-scripts/ifcfg-ens6.100"));
        Assert.Equal("10.0.0.0/8 via 10.1.0.254 dev ens6\n", Written("network", "/etc/sysconfig/network-scripts/route-eth1", "10.0.0.0/8 via 10.1.0.254 dev eth1\n", context, "/etc/sysconfig/network-scripts/route-ens6"));
        Assert.Equal("[connection]\ninterface-name=ens5\n[ethernet]\nmac-address=52:54:00:00:00:0a\n", Written("network", "/etc/NetworkManager/system-connections/x", "[connection]\ninterface-name=eth0\n[ethernet]\nmac-address=00:25:90:aa:bb:01\n", context));
        Assert.Equal("options lnet networks=o2ib0(ib0),tcp0(ens6)\n##      \"tcp0(ens6)\"\n", Written("lnet", "/etc/modprobe.d/iml_lnet_module_parameters.conf", "options lnet networks=o2ib0(ib0),tcp0(eth1)\n##      \"tcp0(eth1)\"\n", context));
        Assert.Equal("net:\n  - interfaces:\n      0: ens6\n", Written("lnet", "/etc/lnet.conf", "net:\n  - interfaces:\n      0: eth1\n", context));
        Assert.Equal("<zone>\n  <interface name=\"ens5\"/>\n</zone>\n", Written("firewall", "/etc/firewalld/zones/trusted.xml", "<zone>\n  <interface name=\"eth0\"/>\n</zone>\n", context));
        Assert.Equal("*filter\n-A INPUT -i ens6 -j ACCEPT\nCOMMIT\n", Written("firewall", "/etc/sysconfig/iptables", "*filter\n-A INPUT -i eth1 -j ACCEPT\nCOMMIT\n", context));
        Assert.Equal("net.ipv4.conf.ens5.rp_filter = 0\n", Written("tuning", "/etc/sysctl.d/x.conf", "net.ipv4.conf.eth0.rp_filter = 0\n", context));
    }

    [Fact]
    public void Where_udev_gives_the_names_only_addresses_change_and_two_cards_may_have_changed_places()
    {
        var context = Context(6, Of(Eth0, Eth1), Of(Eth0 with { Name = "eth2" }, Eth1 with { Name = "eth0" })) with { Macs = new Dictionary<string, string> { ["00:25:90:aa:bb:01"] = "00:25:90:aa:bb:02", ["00:25:90:aa:bb:02"] = "00:25:90:aa:bb:01" } };

        Assert.Equal("ATTR{address}==\"00:25:90:aa:bb:02\", NAME=\"eth0\"\nATTR{address}==\"00:25:90:aa:bb:01\", NAME=\"eth1\"\n", Written("network", "/etc/udev/rules.d/70-persistent-net.rules",
            "ATTR{address}==\"00:25:90:aa:bb:01\", NAME=\"eth0\"\nATTR{address}==\"00:25:90:aa:bb:02\", NAME=\"eth1\"\n", context));
        Assert.Equal("options lnet networks=tcp0(eth1)\n", Written("lnet", "/etc/modprobe.d/x.conf", "options lnet networks=tcp0(eth1)\n", context));
        Assert.True(NicNames.Of(context).WaitForBoot);
    }

    [Fact]
    public void A_card_in_the_place_of_another_is_no_difference_and_what_is_set_on_it_is_one()
    {
        var network = Catalogue.BuiltIn.Components.Single(known => known.Name == "network");
        var (was, now) = (Said("eth0", "00:25:90:aa:bb:01", "0000:03:00.0", "fe80::225:90ff:feaa:bb01", 1500), Said("ens5", "52:54:00:00:00:0a", "0000:05:00.0", "fe80::5054:ff:fe00:a", 1500));
        var smaller = Said("ens5", "52:54:00:00:00:0a", "0000:05:00.0", "fe80::5054:ff:fe00:a", 900);
        var context = Context(7, (NetworkFacts)network.Facts(was)!, (NetworkFacts)network.Facts(now)!);

        Assert.NotEmpty(network.Compare(was, now));
        Assert.Empty(network.Compare(network.Adapted(was, now, context), now));
        Assert.Equal(["nics: ens5"], network.Compare(network.Adapted(was, smaller, context), smaller).Select(difference => difference.Key));
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_as_they_are()
    {
        var context = Context(7, Of(Eth0), Of(Nic("ens5", "52:54:00:00:00:0a", null, "10.0.2.1/16")));
        var file = new CapturedFile { Path = "/etc/ethers", Kind = FileKind.File, Mode = 0, Content = (byte[])[0xFF, 0, (byte)'\n', .. "00:25:90:aa:bb:01"u8, 0xC3] };

        var written = NicNames.Of(context).In(new ComponentState([file], []), _ => true).Files.Single();

        Assert.Equal((byte[])[0xFF, 0, (byte)'\n', .. "52:54:00:00:00:0a"u8, 0xC3], written.Content.ToArray());
    }

    private static IEnumerable<(string, string, Reason)> Told(NicMapping mapping) => mapping.Pairs.Select(pair => (pair.Wanted.Name, pair.Found.Name, pair.Reason));

    private static string Written(string component, string path, string text, RestoreContext context, string? expected = null)
    {
        var state = new ComponentState([new CapturedFile { Path = path, Kind = FileKind.File, Mode = 0x1A4, Content = Encoding.UTF8.GetBytes(text) }], []);
        var steps = Catalogue.BuiltIn.Components.Single(known => known.Name == component).Restore(state, ComponentState.Empty, context);
        var write = Assert.Single(steps.OfType<WriteFile>());
        Assert.Equal(expected ?? path, write.File.Path);
        return write.File.Text;
    }

    private static ComponentState Said(string name, string mac, string slot, string linkLocal, int mtu) => new([],
    [
        Tool("nics", $"{name} mac={mac} type=1 mtu={mtu} path=/sys/devices/pci0000:00/{slot} driver=/sys/bus/pci/drivers/igb port=0x0 master= bond=\"\" slaves=\"\" bridge="),
        Tool("permanent-addresses", $"{name} Permanent address: {mac}"),
        Tool("addresses", $"{name} inet 10.0.2.1/16 brd 10.0.255.255 scope global {name}\n{name} inet6 {linkLocal}/64 scope link"),
        Tool("routes", $"10.0.0.0/16 dev {name} proto kernel scope link src 10.0.2.1"),
    ]);

    private static ToolOutput Tool(string name, string text) => new(name, ToolOutcome.Answered) { ExitCode = 0, Output = Encoding.UTF8.GetBytes(text + "\n") };

    private static RestoreContext Context(int release, NetworkFacts wanted, NetworkFacts found)
    {
        var cards = Between(wanted, found, Nothing);
        return new RestoreContext
        {
            Platform = new Platform { EnterpriseLinux = release },
            Wanted = new Dictionary<string, ComponentFacts> { ["network"] = wanted },
            Found = new Dictionary<string, ComponentFacts> { ["network"] = found },
            Cards = cards,
            Macs = cards.Macs,
        };
    }

    private static NetworkFacts Of(params IReadOnlyList<NetworkFacts.Interface> nics) => new() { Interfaces = nics, Routes = [], Profiles = [] };

    private static NetworkFacts.Interface Nic(string name, string mac, string? slot, params string[] addresses) =>
        new() { Name = name, Kind = NetworkFacts.LinkKind.Ethernet, Mac = mac, PciAddress = slot, Driver = slot is null ? null : "igb", Addresses = addresses };
}
