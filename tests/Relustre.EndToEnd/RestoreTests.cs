namespace Relustre.EndToEnd;

/// <summary>
/// A server of a running pair is lost and comes back. Whatever happens meanwhile, no target is ever active on two nodes, and in
/// the end the server is what it was.
/// </summary>
public class RestoreTests(Lab lab) : LostServer(lab), IClassFixture<Lab>
{
    private readonly Lab lab = lab;

    [Fact]
    public Task A_lost_server_comes_back_while_its_partner_serves() => ComesBackAsync();

    [Fact]
    public async Task Killed_at_every_step_and_inside_the_long_ones_it_ends_all_the_same()
    {
        using var site = await LostAsync();
        var cuts = new Cuts(site, Gone);

        for (var goesOn = true; goesOn;)
        {
            using var restore = new RunningRestore(site, "restore", Gone, "--yes", Gone);
            goesOn = await cuts.KillAsync(restore);
            if (!goesOn)
                await restore.EndsAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cuts}");
        cuts.MetEveryStep();
        await IsBackAsync(site);
    }

    [Fact]
    public async Task A_firewall_that_shuts_the_management_host_out_is_taken_back_by_the_server()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        await RulesAsync("systemctl enable --now nftables; echo '# open' >>/etc/nftables.conf");
        try
        {
            // Rules that were saved and never loaded: that is how such ones come into a backup.
            await RulesAsync("cp -p /etc/nftables.conf /run/open; sed -i '/hook input/a tcp dport 22 drop' /etc/nftables.conf");
            (await site.RunAsync("backup")).Ending();
            await RulesAsync("cat /run/open >/etc/nftables.conf; pcs cluster stop");
            await Lab.WaitForTargetAsync("MGS", Partner);

            using var restore = new RunningRestore(site, "restore", Gone, "--only", "firewall", "--yes", Gone);
            await restore.SaysAsync("] apply the firewall");
            await Patience.UntilAsync("the rules hold", 10, async () => (await RulesAsync("nft list ruleset")).Contains("dport 22 drop", StringComparison.Ordinal));
            Assert.Equal(255, (await Lab.RunAsync("ssh", Gone, "true")).ExitCode);
            await restore.SaysAsync("] waiting: ");
            await restore.EndsAsync(1, seconds: 240);

            Assert.Contains("nobody reached the server with the firewall of the backup, so it put back the one that it had", restore.Said, StringComparison.Ordinal);
            await Lab.WaitForSshAsync(Gone, seconds: 5);
            Assert.Equal("", await RulesAsync("cmp /run/open /etc/nftables.conf"));
            Assert.DoesNotContain("drop", await RulesAsync("nft list ruleset"), StringComparison.Ordinal);
            // As it says: this restore ends, and the server comes back with the rules that it has.
            (await site.RunAsync("restore", Gone, "--give-up")).Ending();
            Assert.Contains("write /etc/nftables.conf", (await site.RunAsync("plan", Gone, "--only", "firewall")).Ending().Text, StringComparison.Ordinal);
            (await site.RunAsync("restore", Gone, "--except", "firewall", "--yes", Gone)).Ending();
            Assert.Equal(Gone, await Lab.HolderAsync("MGS"));
            Assert.Equal("", await RulesAsync("cmp /run/open /etc/nftables.conf"));
        }
        finally
        {
            // Its target is with the partner now, and the next test's backup must find it at home.
            await lab.RenewAsync();
        }
    }

    [Fact]
    public async Task A_network_that_is_cut_in_the_middle_is_waited_for()
    {
        using var site = await LostAsync();
        using var restore = new RunningRestore(site, "restore", Gone, "--yes", Gone);
        await restore.SaysAsync("] write /etc/yum.repos.d");

        await Lab.NetworkAsync("cut", Gone, "mgmt");
        try
        {
            await restore.SaysAsync("] waiting: ");
        }
        finally
        {
            await Lab.NetworkAsync("heal", Gone, "mgmt");
        }

        await restore.EndsAsync();
        await IsBackAsync(site);
    }

    [Fact]
    public async Task A_server_that_Corosync_lets_wait_for_its_partner_does_nothing_alone_and_joins_when_it_is_seen()
    {
        using var site = await LostAsync();
        await HearingAsync("add table inet deaf; add chain inet deaf in { type filter hook input priority 0; }; add rule inet deaf in meta l4proto udp drop");
        try
        {
            using var restore = new RunningRestore(site, "restore", Gone, "--yes", Gone);
            await restore.SaysAsync("] see that corosync sees 2 members, or waits for all of them");
            await Patience.UntilAsync("pacemaker starts", 30, async () => await RunsAsync());
            await Patience.UntilAsync("pacemaker is stopped again", 45, async () => !await RunsAsync());
            await Patience.UntilAsync("what it began alone is gone", 10, async () => (await Lab.ExecAsync(Gone, "ls", "/var/lib/pacemaker/cib")).Text.Length == 0);
            Assert.Equal(Partner, await Lab.HolderAsync("MGS"));
            await HearingAsync("delete table inet deaf");

            await restore.EndsAsync();
        }
        finally
        {
            await HearingAsync("delete table inet deaf");
        }
        await IsBackAsync(site);

        async Task HearingAsync(string rules) => await Lab.ExecAsync(Partner, "nft", rules);
        async Task<bool> RunsAsync() => (await Lab.ExecAsync(Gone, "pgrep", "-x", "pacemakerd")).ExitCode == 0;
    }

    [Fact]
    public async Task A_partner_that_loses_power_in_the_middle_stops_it_before_the_cluster_and_it_goes_on_when_the_partner_is_back()
    {
        using var site = await LostAsync();
        using var restore = new RunningRestore(site, "restore", Gone, "--yes", Gone);
        await restore.SaysAsync("] install packages");
        await Lab.PowerAsync("cut", Partner);

        await restore.EndsAsync(21);
        Assert.Contains("gate ", restore.Said, StringComparison.Ordinal);
        await Lab.PowerAsync("on", Partner);
        await Lab.WaitForTargetAsync("MGS", Partner);
        await Lab.WaitForTargetAsync("demo-MDT0000", Partner);
        await Lab.WaitForSshAsync(Gone);
        (await site.RunAsync("restore", Gone, "--resume")).Ending();

        await IsBackAsync(site);
    }

    [Fact]
    public async Task Where_the_cluster_has_moved_on_since_the_backup_the_living_partner_wins()
    {
        using var site = await LostAsync(async () =>
        {
            (await Lab.ExecAsync(Partner, "pcs", "property", "set", "batch-limit=7")).Ending();
            (await Lab.ExecAsync(Gone, "sh", "-c", "sed -i 's/token: *[0-9]*/token: 5500/' /etc/corosync/corosync.conf")).Ending();
            (await Lab.ExecAsync(Partner, "sh", "-c", "sed -i 's/token: *[0-9]*/token: 5500/' /etc/corosync/corosync.conf; corosync-cfgtool -R")).Ending();
        });

        var answer = (await site.RunAsync("restore", Gone, "--yes", Gone)).Ending();

        Assert.Contains("newer on its partner", answer.Text + answer.Errors, StringComparison.Ordinal);
        Assert.Contains("token: 5500", (await Lab.ExecAsync(Gone, "cat", "/etc/corosync/corosync.conf")).Ending().Text, StringComparison.Ordinal);
        Assert.Contains("batch-limit", (await Lab.ExecAsync(Gone, "cibadmin", "--query", "--scope", "crm_config")).Ending().Text, StringComparison.Ordinal);
        await Lab.WaitForClusterAsync(Gone);
        await Lab.NeverTwiceAsync();
        await lab.RenewAsync();
    }

    [Fact]
    public async Task New_network_cards_take_the_places_of_the_old_ones()
    {
        var old = "";
        using var site = await LostAsync(async () =>
        {
            old = await CardsAsync(Gone);
            await Lab.ReplaceCardsAsync(Gone);
        });

        var restored = (await site.RunAsync("restore", Gone, "--yes", Gone, "--nic", "eth0=eth0", "--nic", "eth1=eth1")).Ending();

        Assert.Contains("otherwise on purpose", restored.Text + restored.Errors, StringComparison.Ordinal);
        var now = await CardsAsync(Gone);
        Assert.Empty(old.Split('\n').Intersect(now.Split('\n')));
        foreach (var card in now.Split('\n'))
            Assert.Contains($"HWADDR=\"{card}\"", await IfcfgAsync(), StringComparison.OrdinalIgnoreCase);
        foreach (var card in old.Split('\n'))
            Assert.Equal("", (await Lab.ExecAsync(Gone, "sh", "-c", $"grep -ril {card} /etc /var/lib/chroma || true")).Ending().Text.Trim());
        (await site.RunAsync("backup", Gone)).Ending();
        await IsBackAsync(site);
    }

    private static async Task<string> RulesAsync(string commands) => (await Lab.ExecAsync(Gone, "sh", "-ec", commands)).Ending().Text;

    private static async Task<string> CardsAsync(string node) => (await Lab.ExecAsync(node, "sh", "-c", "cat /sys/class/net/eth*/address")).Ending().Text.Trim();

    private static async Task<string> IfcfgAsync() => (await Lab.ExecAsync(Gone, "sh", "-c", "cat /etc/sysconfig/network-scripts/ifcfg-eth*")).Ending().Text;
}
