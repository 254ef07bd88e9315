using System.Net.NetworkInformation;
using Relustre.Audit;
using Relustre.Operations;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Steps;
using Relustre.Tests.Hosts;
using Relustre.Tests.Operations;

namespace Relustre.Tests.Restore.Recovery;

/// <summary>New network cards in servers of a pair that is recovered as a whole: each has its own, and they mostly have the same names.</summary>
public sealed class PairCardsTests(SshServer sshd) : IAsyncLifetime, IClassFixture<SshServer>
{
    private static readonly CatalogueIndex index = new(Catalogue.BuiltIn);

    private readonly SmallFleet fleet = new();
    private readonly TemporaryFolder folder = new();
    private IReadOnlyList<LostServer> servers = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.OpenAsync();
        servers =
        [
            new(await HadAsync("mds1", "00:25:90:aa:bb:01", "00:25:90:aa:bb:02", ("eth7", "00:25:90:aa:bb:07")), await HasAsync("mds1", "52:54:00:00:01:05", "52:54:00:00:01:06")),
            new(await HadAsync("mds2", "00:25:90:aa:cc:01", "00:25:90:aa:cc:02"), await HasAsync("mds2", "52:54:00:00:02:05", "52:54:00:00:02:06")),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await fleet.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_not_certain_names_its_server_and_what_to_type_for_it()
    {
        var plan = await PlanAsync();

        Assert.Equal(["--nic mds1:eth0=NEW", "--nic mds1:eth1=NEW", "--nic mds2:eth0=NEW", "--nic mds2:eth1=NEW"], plan.Cards.Select(card => card.Confirm));
        Assert.All(plan.Cards, card => Assert.StartsWith($"{card.Host}: eth", card.Says, StringComparison.Ordinal));
        foreach (var server in (string[])["mds1", "mds2"])
            Assert.Contains("cards-confirmed", plan.Steps.First(step => step.On == server).Gates);
    }

    [Fact]
    public async Task Each_server_gets_what_was_said_of_its_own_cards_and_keeps_it()
    {
        var plan = await PlanAsync(new("mds1", "eth0", "ens5"), new("mds1", "eth1", "ens6"), new("mds2", "eth0", "ens6"), new("mds2", "eth1", "52:54:00:00:02:05"));

        Assert.Empty(plan.Cards);
        Assert.Equal([("mds1", "ens5", "eth0"), ("mds1", "ens6", "eth1"), ("mds2", "ens5", "eth1"), ("mds2", "ens6", "eth0")], Profiles(plan.Steps));
        var book = new RestoreBook(folder["restores"], TimeProvider.System);
        book.Start(plan, []).Dispose();
        using var resumed = book.Resume(book.OpenOf("mds")!);
        Assert.Equal("ens6", resumed.Plan.WishOf("mds2").Macs["eth0"]);
        Assert.True(resumed.Plan.WishOf("mds1") is { StaysOut: true, Macs.Count: 2 });
    }

    [Fact]
    public async Task A_second_look_holds_to_it()
    {
        var again = await new PairPlanner(index, TimeProvider.System).AgainAsync(servers[1] with { Macs = new Dictionary<string, string> { ["eth0"] = "ens6", ["eth1"] = "ens5" } }, servers[0].Wanted, Cancel);

        Assert.Equal([("mds2", "ens5", "eth1"), ("mds2", "ens6", "eth0")], Profiles(again));
    }

    [Fact]
    public async Task Without_a_servers_name_it_is_the_one_that_had_the_card()
    {
        var plan = await PlanAsync(new(null, "eth7", "ens5"), new(null, "00:25:90:AA:CC:01", "ens6"));

        Assert.Equal("ens5", Assert.Single(plan.WishOf("mds1").Macs).Value);
        Assert.Equal("ens6", Assert.Single(plan.WishOf("mds2").Macs).Value);
    }

    [Theory]
    [InlineData(null, "eth0", "--nic eth0=ens5: mds1 and mds2 had such a card: say whose is meant, as --nic mds1:eth0=ens5 or --nic mds2:eth0=ens5")]
    [InlineData(null, "eth9", "--nic eth9=ens5: there is no such card: mds1 had eth0 (00:25:90:aa:bb:01), eth1 (00:25:90:aa:bb:02), eth7 (00:25:90:aa:bb:07); mds2 had eth0 (00:25:90:aa:cc:01), eth1 (00:25:90:aa:cc:02)")]
    [InlineData("mds2", "eth7", "--nic eth7=ens5: there is no such card: mds2 had eth0 (00:25:90:aa:cc:01), eth1 (00:25:90:aa:cc:02), and it has ens5 (52:54:00:00:02:05), ens6 (52:54:00:00:02:06)")]
    public async Task A_card_that_is_nobodys_or_everybodys_is_refused(string? server, string old, string because) =>
        Assert.Equal(because, (await Assert.ThrowsAsync<RestoreException>(() => PlanAsync(new ToldCard(server, old, "ens5")))).Message);

    [Fact]
    public async Task One_card_has_one_successor_however_it_is_called()
    {
        Assert.Contains("say it once", (await Assert.ThrowsAsync<RestoreException>(() => PlanAsync(new("mds1", "eth7", "ens5"), new(null, "eth7", "ens6")))).Message, StringComparison.Ordinal);
        Assert.Contains("no such card", (await Assert.ThrowsAsync<RestoreException>(() => PlanAsync(new("mds1", "eth0", "ens5"), new("mds1", "00:25:90:aa:bb:01", "ens6")))).Message, StringComparison.Ordinal);
        Assert.Contains("no such card", (await Assert.ThrowsAsync<RestoreException>(() => PlanAsync(new("mds1", "eth0", "ens5"), new("mds1", "eth1", "ens5")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_knows_by_what_it_was_made()
    {
        var plan = await PlanAsync(new("mds1", "eth0", "ens5"), new("mds2", "eth0", "ens6"));

        Assert.True(new ToldCard("mds1", "eth0", "ens5").IsIn(plan));
        Assert.True(new ToldCard(null, "eth0", "ens6").IsIn(plan));
        Assert.False(new ToldCard("mds1", "eth0", "ens6").IsIn(plan));
        Assert.False(new ToldCard("mds1", "eth1", "ens6").IsIn(plan));
        Assert.NotEqual(plan.Hash, (await PlanAsync(new("mds1", "eth0", "ens6"), new("mds2", "eth0", "ens6"))).Hash);
    }

    [Fact]
    public async Task The_final_audit_of_each_server_takes_its_own_cards_into_account()
    {
        var card = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(nic => nic is { NetworkInterfaceType: NetworkInterfaceType.Ethernet, OperationalStatus: OperationalStatus.Up })?.Name;
        Assert.SkipWhen(card is null, "this machine has no network card");
        var clock = TimeProvider.System;
        IReadOnlyList<string> names = ["mds1", "mds2"];
        var recovered = new List<RecoveredServer>();
        foreach (var name in names)
            recovered.Add(new(name, (await WrittenServer.WriteAsync(fleet, name, ("network", new([], [Nics(($"of-{name}", "00:25:90:aa:bb:01"))])))).Snapshot.Id.ToString(), DateTimeOffset.UnixEpoch)
            {
                Macs = new Dictionary<string, string> { [$"of-{name}"] = card! },
            });
        var plan = (await PlanAsync()) with { Steps = [], Servers = recovered, Wish = new() { Only = ["network"], StaysOut = true } };
        var book = new RestoreBook(folder["restores"], clock);
        using var open = book.Start(plan, []);
        open.Journal.Note(JournalKind.Safety, text: "none");

        await using var shells = new HostShells(clock);

        var outcome = await new RecoverPair(fleet.Vault, index, Ledger.BesideVault(fleet.VaultFolder), book, clock)
            .RunAsync(open, [.. names.Select(name => sshd.Host with { Name = name })], shells, fleet.Options, _ => { }, Cancel);

        var done = Assert.IsType<RestoreOutcome.Done>(outcome);
        Assert.All(names, name => Assert.Contains(done.NewHardware, finding => finding.Host == name && finding.Setting.Contains($"of-{name}", StringComparison.Ordinal)));
    }

    private async Task<RestorePlan> PlanAsync(params ToldCard[] told)
    {
        var lost = await ToldCard.GiveAsync(told, servers, Cancel);
        return await new PairPlanner(index, TimeProvider.System).PlanAsync("mds", lost, await CibChoice.OfAsync(lost, index, Cancel), Cancel);
    }

    // Which profile's card was which.
    private static IEnumerable<(string?, string, string)> Profiles(IEnumerable<PlannedStep> steps) =>
        from step in steps
        where step.Step is WriteFile { File.Path: var path } && path.StartsWith("/etc/sysconfig/network-scripts/ifcfg-", StringComparison.Ordinal)
        let text = ((WriteFile)step.Step).File.Text
        orderby step.On, text
        select (step.On, text.Split('\n')[0].Split('=')[1], text.Split('\n')[1].Split('-')[1]);

    private Task<StoredServer> HadAsync(string name, string mac0, string mac1, params (string Name, string Mac)[] more) => WrittenServer.WriteAsync(fleet, name,
        ("network", new(
            [WrittenServer.File("/etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=eth0\n# was-eth0-\n"), WrittenServer.File("/etc/sysconfig/network-scripts/ifcfg-eth1", "DEVICE=eth1\n# was-eth1-\n")],
            [Nics([("eth0", mac0), ("eth1", mac1), .. more])])),
        ("pacemaker", new([WrittenServer.File("/var/lib/pacemaker/cib/cib.xml", $"""
            <cib epoch="{(name == "mds1" ? 42 : 41)}" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes><node id="1" uname="mds1"/><node id="2" uname="mds2"/></nodes>
            <resources><primitive id="MGS" class="ocf"/></resources><constraints/></configuration></cib>
            """)], [])));

    private Task<StoredServer> HasAsync(string name, string mac5, string mac6) =>
        WrittenServer.WriteAsync(fleet, name, ("network", new([], [Nics(("ens5", mac5), ("ens6", mac6))])));

    private static ToolOutput Nics(params IEnumerable<(string Name, string Mac)> cards) =>
        WrittenServer.Tool("nics", cards.Select(card => $"{card.Name} mac={card.Mac} type=1 mtu=1500 path= driver= port=0x0 master= bond=\"\" slaves=\"\" bridge="));
}
