using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore.Gates;

/// <summary>A server must come back with the NIDs that it had.</summary>
public sealed class NidsAsBeforeTests : IDisposable
{
    private readonly GatePair pair = new();
    private readonly NidsAsBefore gate = new();

    public NidsAsBeforeTests()
    {
        pair.Wanted.Add(new LnetFacts
        {
            ConfiguredBy = ["/etc/modprobe.d/lustre.conf"],
            Configured = [new LnetNetwork { Name = "tcp", Interfaces = ["eth1"] }, new LnetNetwork { Name = "o2ib0", Interfaces = ["ib0"] }],
            Nids = ["198.19.0.11@tcp", "10.2.0.11@o2ib", "0@lo"],
        });
        Addresses(("eth0", "198.18.0.11"), ("eth1", "198.19.0.11"), ("ib0", "10.2.0.11"));
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task The_same_nids_open_it_also_under_their_longer_name()
    {
        pair.Host.Says("lctl", "198.19.0.11@tcp0\n10.2.0.11@o2ib\n");

        await pair.OpensAsync(gate, "LNet has 10.2.0.11@o2ib, 198.19.0.11@tcp");
    }

    [Fact]
    public async Task Another_nid_closes_it_and_the_reason_explains_the_writeconf()
    {
        pair.Host.Says("lctl", "198.19.0.99@tcp\n10.2.0.11@o2ib\n");

        await pair.RefusesAsync(gate, "mds1 had 198.19.0.11@tcp, and now has 10.2.0.11@o2ib, 198.19.0.99@tcp");
        await pair.RefusesAsync(gate, "writeconf of the whole file system");
    }

    [Fact]
    public async Task While_lnet_is_down_the_addresses_of_its_cards_count()
    {
        await pair.OpensAsync(gate, "LNet is down; the addresses of 10.2.0.11@o2ib, 198.19.0.11@tcp are there");
        Addresses(("eth0", "198.18.0.11"), ("eth1", "198.19.0.99"), ("ib0", "10.2.0.11"));
        await pair.RefusesAsync(gate, "mds1 had 198.19.0.11@tcp, and no interface of LNet's has that address");
        Addresses(("eth0", "198.19.0.11"), ("eth1", "198.18.0.11"), ("ib0", "10.2.0.11"));
        await pair.RefusesAsync(gate, "mds1 had 198.19.0.11@tcp");
    }

    [Fact]
    public async Task A_card_that_has_another_name_now_has_the_address_all_the_same()
    {
        Addresses(("eno1", "198.19.0.11"), ("ib0", "10.2.0.11"));

        await pair.OpensAsync(gate);
    }

    [Fact]
    public async Task Nids_that_nobody_noted_follow_from_options_and_addresses()
    {
        pair.Wanted.RemoveAll(facts => facts is LnetFacts);
        pair.Wanted.Add(new LnetFacts { ConfiguredBy = ["/etc/lnet.conf"], Configured = [new LnetNetwork { Name = "tcp0", Interfaces = ["eth1"] }] });
        await pair.RefusesAsync(gate, "the backup does not tell which NIDs mds1 had");

        pair.Wanted.Add(new NetworkFacts
        {
            Routes = [],
            Profiles = [],
            Interfaces = [new NetworkFacts.Interface { Name = "eth1", Addresses = ["198.19.0.11/16", "fe80::1/64"] }],
        });
        await pair.OpensAsync(gate, "198.19.0.11@tcp are there");
    }

    [Fact]
    public async Task A_network_whose_nids_are_no_addresses_is_not_guessed_at()
    {
        pair.Wanted.RemoveAll(facts => facts is LnetFacts);
        pair.Wanted.Add(new LnetFacts { Nids = ["17@gni"] });

        await pair.RefusesAsync(gate, "17@gni");
    }

    [Fact]
    public async Task A_server_that_had_no_lnet_needs_none()
    {
        pair.Wanted.RemoveAll(facts => facts is LnetFacts);

        await pair.OpensAsync(gate, "knows no LNet");
    }

    private void Addresses(params (string Card, string Address)[] addresses)
    {
        if (Directory.Exists(pair.Host.Path("/sys")))
            Directory.Delete(pair.Host.Path("/sys"), recursive: true);
        foreach (var (card, _) in addresses)
            pair.Host.File($"/sys/class/net/{card}/address", "");
        pair.Host.Says("ip", string.Concat(addresses.Select((one, at) => $"{at + 2}: {one.Card}    inet {one.Address}/16 brd 198.19.255.255 scope global {one.Card}\\       valid_lft forever\n")));
    }
}
