using Relustre.Cli.Commands;
using Relustre.Facts;
using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Gates;

/// <summary>Cards that only their name tells, or nothing at all: nobody guesses.</summary>
public sealed class CardsConfirmedTests : IDisposable
{
    private static readonly NetworkFacts.Interface Eth0 = Card("eth0", "00:25:90:aa:bb:01", "10.0.2.1/16"), Eth1 = Card("eth1", "00:25:90:aa:bb:02", "10.1.0.1/16");

    private readonly GatePair pair = new();
    private readonly CardsConfirmed gate = new();

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task Without_any_doubt_it_is_open() => await pair.OpensAsync(gate);

    [Fact]
    public async Task A_card_that_only_its_name_tells_closes_it_with_the_cards_that_there_are()
    {
        pair.Host.File("/sys/class/net/eth0/address", "52:54:00:00:00:01\n");
        var cards = Doubts([Eth0], [Card("eth0", "52:54:00:00:00:01")]);

        await GatePair.RefusesAsync(gate, View(cards), "eth0 (00:25:90:aa:bb:01) becomes eth0 (52:54:00:00:00:01): only the name is the same. mds1 has eth0 (52:54:00:00:00:01) now");
        Assert.Equal("--nic eth0=eth0", Assert.Single(cards).Confirm);
    }

    [Fact]
    public async Task A_doubt_about_another_server_of_a_pair_does_not() =>
        Assert.True((await GatePair.AskAsync(gate, View([new CardToConfirm("mds2", "eth0 becomes eth0", "--nic eth0=eth0")]))).IsOpen);

    [Fact]
    public void One_of_several_is_asked_for_and_what_was_said_is_not_asked_again()
    {
        NetworkFacts.Interface[] has = [Card("ens8", "52:54:00:00:00:01"), Card("ens9", "52:54:00:00:00:02")];

        Assert.Equal(["--nic eth0=NEW", "--nic eth1=NEW"], Doubts([Eth0, Eth1], has).Select(card => card.Confirm));
        Assert.Empty(Doubts([Eth0, Eth1], has, ("eth0", "ens8"), ("eth1", "ens9")));
        Assert.Empty(Doubts([Eth0], [Card("eth0", "52:54:00:00:00:01")], ("eth0", "eth0")));
    }

    [Fact]
    public void A_card_that_is_not_there_at_all_is_nobodys_doubt() => Assert.Empty(Doubts([Eth0, Eth1], [Eth0]));

    [Fact]
    public void It_stands_before_the_first_step_and_only_where_there_is_a_doubt()
    {
        PlannedStep[] steps = [new(0, "rsyslog", new Reboot()), new(0, "network", new Reboot()) { Gates = ["node-is-idle"] }];

        Assert.Contains("cards-confirmed", Planner.Guarded(steps, Doubts([Eth0], [Card("eth0", "52:54:00:00:00:01")])).First().Gates);
        Assert.All(Planner.Guarded(steps, []), step => Assert.DoesNotContain("cards-confirmed", step.Gates));
    }

    [Fact]
    public void A_restore_says_what_to_type()
    {
        var said = RestoreCommand.Unconfirmed(View(Doubts([Eth0], [Card("eth0\u001b[2J", "52:54:00:00:00:01")])).Plan, isAgreed: false);

        Assert.Contains("no other is left", said, StringComparison.Ordinal);
        Assert.Contains("--open-gate cards-confirmed", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);
    }

    private static IReadOnlyList<CardToConfirm> Doubts(NetworkFacts.Interface[] had, NetworkFacts.Interface[] has, params (string, string)[] told) =>
        CardToConfirm.Of("mds1", NicMapping.Between(Facts(had), Facts(has), told.ToDictionary()));

    private static NetworkFacts Facts(NetworkFacts.Interface[] cards) => new() { Interfaces = cards, Routes = [], Profiles = [] };

    private static NetworkFacts.Interface Card(string name, string mac, params string[] addresses) =>
        new() { Name = name, Kind = NetworkFacts.LinkKind.Ethernet, Mac = mac, Addresses = addresses };

    private GateView View(IReadOnlyList<CardToConfirm> cards) => pair.View with { Plan = pair.View.Plan with { Cards = cards } };
}
