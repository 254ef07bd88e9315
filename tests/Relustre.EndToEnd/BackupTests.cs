using System.Text.Json;

namespace Relustre.EndToEnd;

/// <summary>The main job against real servers: a running pair, backed up over SSH.</summary>
public class BackupTests(Lab lab) : IClassFixture<Lab>
{
    [Fact]
    public async Task Both_servers_are_captured_as_they_are_and_a_second_sweep_finds_nothing_new()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);

        var first = (await site.RunAsync("backup", "--json")).Ending().Json;
        var cib = (await Lab.ExecAsync("mds1", "cibadmin", "--query")).Ending();
        var second = (await site.RunAsync("backup", "--json")).Ending().Json;

        Assert.All(first.GetProperty("hosts").EnumerateArray(), host => Assert.Equal("stored", host.GetProperty("result").GetString()));
        Assert.All(second.GetProperty("hosts").EnumerateArray(), host => Assert.Equal("unchanged", host.GetProperty("result").GetString()));
        Assert.Equal(cib.Text, (await site.RunAsync("dump", "mds1", "/.relustre/tools/pacemaker/cib.xml", "--show-secrets")).Ending().Text);
        (await site.RunAsync("check", "--read-data")).Ending();
        (await site.ResticAsync("check", "--read-data")).Ending();
    }

    [Fact]
    public async Task Every_file_comes_back_byte_for_byte_with_relustre_and_with_restic()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup", "mds1")).Ending();

        (await site.RunAsync("restore-files", "mds1", "--target", site.New("ours"))).Ending();
        (await site.ResticAsync("restore", "latest", "--host", "mds1", "--target", site.New("theirs"), "--verify")).Ending();

        var ours = await SumsAsync(site.New("ours"));
        Assert.Equal(ours, await SumsAsync(site.New("theirs")));
        Assert.Contains("./etc/corosync/authkey", ours, StringComparison.Ordinal);
        Assert.Contains("./var/lib/chroma/private.pem", ours, StringComparison.Ordinal);
        Assert.Equal(ours, await LiveSumsAsync(ours));
    }

    [Fact]
    public async Task A_pair_as_IML_leaves_it_keeps_the_rules_and_what_breaks_them_is_found()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        var healthy = (await site.RunAsync("audit", "--partner", "--json")).Json;
        await BreakAsync();
        try
        {
            var broken = (await site.RunAsync("audit", "mds1", "--partner", "--json")).Ending(20);

            Assert.DoesNotContain(Found(healthy), finding => finding.Risk is "failover-at-risk" or "data-at-risk");
            Assert.Superset(new HashSet<string>(["stonith-disabled", "hostid-shared", "authkeys-differ"]), Found(broken.Json).Select(finding => finding.Rule).ToHashSet());
        }
        finally
        {
            (await Lab.ExecAsync("mds1", "sh", "-c", "mv /etc/hostid.own /etc/hostid; pcs property set stonith-enabled=true")).Ending();
            (await Lab.ExecAsync("mds2", "mv", "/etc/corosync/authkey.own", "/etc/corosync/authkey")).Ending();
        }
    }

    [Fact]
    public async Task What_the_cluster_would_do_about_a_change_is_told_by_the_servers_own_simulator_which_leaves_nothing_behind()
    {
        // Where this machine has no crm_simulate.
        const string path = "/usr/bin:/bin";
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        var before = await TracesAsync();
        // Whichever test was before, one of the two serves.
        var serving = await Lab.HolderAsync("MGS");
        try
        {
            // What the cluster has done already it would not do any more: it may not think of it for a moment.
            await SchedulersAsync("STOP");
            (await Lab.ExecAsync("mds1", "pcs", "node", "standby", $"{serving}.lab.test")).Ending();
            var live = (await site.RunOnPathAsync(path, "audit", "mds1", "--json")).Ending(20);
            var here = (await site.RunOnPathAsync(path, "diff", "mds1", "mds1@now", "--json")).Ending(20);

            Assert.StartsWith("the cluster would: Move ", Standby(live.Json, serving).GetProperty("consequence").GetString(), StringComparison.Ordinal);
            Assert.Equal("this machine has no crm_simulate", Standby(here.Json, serving).GetProperty("unpredicted").GetString());
            Assert.Empty((await TracesAsync()).Split('\n').Except(before.Split('\n')));
        }
        finally
        {
            (await Lab.ExecAsync("mds1", "pcs", "node", "unstandby", $"{serving}.lab.test")).Ending();
            await SchedulersAsync("CONT");
        }
    }

    private static async Task SchedulersAsync(string signal)
    {
        foreach (var node in (string[])["mds1", "mds2"])
            (await Lab.ExecAsync(node, "sh", "-c", $"kill -{signal} $(pidof pacemaker-schedulerd)")).Ending();
    }

    [Fact]
    public async Task Who_was_there_when_a_file_changed_is_told_by_the_servers_own_records()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup", "mds1")).Ending();
        try
        {
            (await LogInAsync("dnf -q -y reinstall fence-agents-ipmilan && echo 10.9.8.6 new | sudo tee -a /etc/hosts")).Ending();
            (await site.RunAsync("backup", "mds1")).Ending();

            var blame = (await site.RunAsync("blame", "mds1", "/etc/hosts", "--live", "--json")).Ending().Json;

            var records = Records(blame);
            Assert.Contains(records, record => record.StartsWith("package fence-agents-ipmilan-", StringComparison.Ordinal));
            Assert.Contains(records, record => record.StartsWith("login root pts/", StringComparison.Ordinal));
            Assert.Contains("sudo root as root: /usr/bin/tee … /etc/hosts", records);
        }
        finally
        {
            (await Lab.ExecAsync("mds1", "sed", "-i", "/10.9.8.6 new/d", "/etc/hosts")).Ending();
        }
    }

    [Fact]
    public async Task A_server_that_lost_power_is_named_and_its_partner_is_backed_up_all_the_same()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        (await Lab.RunAsync("power", "off", "mds2")).Ending();
        try
        {
            (await Lab.ExecAsync("mds1", "sh", "-c", "echo changed >> /etc/motd; echo 10.9.8.7 new >> /etc/hosts")).Ending();

            var answer = (await site.RunAsync("backup")).Ending(3);

            Assert.Contains("mds2", answer.Text + answer.Errors, StringComparison.Ordinal);
            Assert.Contains("10.9.8.7 new", (await site.RunAsync("dump", "mds1", "/etc/hosts")).Ending().Text, StringComparison.Ordinal);
        }
        finally
        {
            (await Lab.RunAsync("power", "on", "mds2")).Ending();
            (await Lab.ExecAsync("mds1", "sh", "-c", "sed -i '/10.9.8.7 new/d' /etc/hosts; sed -i '/^changed$/d' /etc/motd")).Ending();
        }
    }

    [Fact]
    public async Task Nothing_is_left_behind_on_a_server()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        var before = await TracesAsync();

        (await site.RunAsync("backup", "mds1")).Ending();

        // A file may grow too old to be listed meanwhile; what counts is that none has come.
        Assert.Empty((await TracesAsync()).Split('\n').Except(before.Split('\n')));
    }

    // Fencing is off, mds1 has mds2's host id, and mds2's disk another key than it runs with.
    private static async Task BreakAsync()
    {
        var id = (await Lab.ExecAsync("mds2", "base64", "/etc/hostid")).Ending().Text.Trim();
        (await Lab.ExecAsync("mds1", "sh", "-c", $"cp -p /etc/hostid /etc/hostid.own; echo {id} | base64 -d >/etc/hostid; pcs property set stonith-enabled=false")).Ending();
        (await Lab.ExecAsync("mds2", "sh", "-c", "cp -p /etc/corosync/authkey /etc/corosync/authkey.own; printf x >>/etc/corosync/authkey")).Ending();
    }

    private static IEnumerable<(string Rule, string Risk)> Found(JsonElement report) =>
        from server in report.GetProperty("servers").EnumerateArray()
        from finding in server.GetProperty("findings").EnumerateArray()
        select (finding.GetProperty("rule").GetString()!, finding.GetProperty("risk").GetString()!);

    private static JsonElement Standby(JsonElement report, string node) =>
        report.GetProperty("servers")[0].GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("setting").GetString()!.StartsWith($"cib node {node}.lab.test: standby", StringComparison.Ordinal));

    // What came with the newest value, as "KIND TEXT".
    private static List<string> Records(JsonElement blame) =>
        [.. blame.GetProperty("subjects")[0].GetProperty("values").EnumerateArray().Last().GetProperty("records").EnumerateArray().Select(record => $"{record.GetProperty("kind").GetString()} {record.GetProperty("text").GetString()}")];

    // As a person does, with a terminal.
    private Task<Answer> LogInAsync(string command) => Shell.RunAsync("ssh",
        ["-tt", "-i", lab.Key, "-o", "BatchMode=yes", "-o", $"UserKnownHostsFile={lab.KnownHosts}", "-o", "StrictHostKeyChecking=accept-new", $"root@{lab.Servers[0].Address}", command], Lab.Cancel);

    // Files that Linux has by now: what other programs of the server write all the time is left out, as is where rpm notes who reads its database.
    private static async Task<string> TracesAsync() => (await Lab.ExecAsync("mds1", "sh", "-c",
        "find / -xdev \\( -path /proc -o -path /sys -o -path /var/log -o -path /var/lib/pacemaker -o -path /var/lib/chrony -o -path '/var/lib/rpm/*-shm' \\) -prune -o -type f -newermt @$(($(date +%s) - 600)) -print; ls -A /dev/shm /tmp /run/user")).Ending().Text;

    private static async Task<string> SumsAsync(string folder) => (await Shell.RunAsync("sh",
        ["-c", "cd \"$1\" && find . -path ./.relustre -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum", "sums", folder],
        Lab.Cancel)).Ending().Text;

    // The same files on the server itself, hashed there.
    private static async Task<string> LiveSumsAsync(string sums)
    {
        var names = string.Join('\n', sums.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[66..]));
        return (await Lab.ExecAsync("mds1", "sh", "-c", $"cd / && printf '%s\\n' \"$0\" | xargs -d '\\n' sha256sum", names)).Ending().Text;
    }
}
