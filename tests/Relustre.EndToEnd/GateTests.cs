using Relustre.Restore;

namespace Relustre.EndToEnd;

/// <summary>Gates before real servers: open where all is well, and shut when what they guard is broken, in one lab from top to bottom.</summary>
public class GateTests(Lab lab) : IClassFixture<Lab>
{
    private static readonly string[] Health =
        ["partner-serves", "one-at-a-time", "fencing-works", "targets-visible", "nids-as-before", "keys-agree", "backup-is-current", "right-kernel", "clocks-agree", "packages-available", "enough-space"];

    [Fact]
    public async Task Each_is_open_on_a_healthy_pair_and_refuses_what_is_broken_on_it()
    {
        await lab.SettleAsync();
        await using var site = await GateSite.OfAsync(lab);

        await site.OpensAsync(Health);
        await site.RefusesAsync("node-is-idle", "mds1");
        await site.RefusesAsync("holds-nothing", "mds1");
        await ClusterAsync(site);
        await FencingAsync(site);
        await LeaseAsync(site);
        // From here on the server's own cluster is stopped, as during a restore.
        (await Lab.ExecAsync("mds1", "pcs", "cluster", "stop")).Ending();
        await Lab.WaitForTargetAsync("MGS", "mds2");
        await site.OpensAsync([.. Health, "node-is-idle", "holds-nothing"]);
        await ServerAsync(site);
        (await Lab.ExecAsync("mds1", "pcs", "cluster", "start")).Ending();
        await Lab.NeverTwiceAsync();
    }

    private static async Task ClusterAsync(GateSite site)
    {
        await WhileAsync("pcs node standby mds2.lab.test", "pcs node unstandby mds2.lab.test", () => site.RefusesAsync("partner-serves", "standby"));
        await WhileAsync("pcs property set maintenance-mode=true", "pcs property set maintenance-mode=false", () => site.RefusesAsync("partner-serves", "maintenance mode"));
    }

    private static async Task FencingAsync(GateSite site)
    {
        await WhileAsync("pcs property set stonith-enabled=false", "pcs property set stonith-enabled=true", () => site.RefusesAsync("fencing-works", "switched off"));
        foreach (var (mood, because) in new[] { ("failing", "failed with exit code 1"), ("absent", "failed with exit code 1"), ("slow 30", "did not answer within 20 s") })
        {
            await Lab.FencingAsync("mds1", mood.Split(' '));
            await site.RefusesAsync("fencing-works", because);
        }
        await Lab.FencingAsync("mds1", "ok");
        await site.OpensAsync("fencing-works");
    }

    // Nobody of ours is there any more when it ends: the nodes end it.
    private static async Task LeaseAsync(GateSite site)
    {
        await site.OpensAsync("fencing-suspended");
        await site.TakeAsync(LeaseKind.Fencing, TimeSpan.FromSeconds(15));
        await site.RefusesAsync("fencing-suspended", "a test");
        await site.RefusesAsync("fencing-works", "switched off");
        await Patience.UntilAsync("the nodes end the lease", seconds: 60, async () =>
            (await Lab.ExecAsync("mds2", "crm_attribute", "--type", "crm_config", "--name", "stonith-enabled", "--query", "--quiet")).Text.Trim() == "true");
        await site.OpensAsync("fencing-suspended", "fencing-works");
        await site.TakeAsync(LeaseKind.Maintenance, TimeSpan.FromSeconds(15));
        await site.RefusesAsync("partner-serves", "'relustre maintenance end mds2' ends it");
        await Patience.UntilAsync("the nodes end the maintenance", seconds: 60, async () =>
            !(await Lab.ExecAsync("mds2", "cibadmin", "--query", "--scope", "crm_config")).Text.Contains("relustre-maintenance-lease", StringComparison.Ordinal));
        await site.OpensAsync("partner-serves");
    }

    private static async Task ServerAsync(GateSite site)
    {
        await Lab.DeviceAsync("hide", "mds1", "MGS");
        await site.RefusesAsync("targets-visible", "is not visible");
        await Lab.DeviceAsync("show", "mds1", "MGS");
        await WhileAsync("cp /etc/hostid /run/own; printf abcd >/etc/hostid", "cp /run/own /etc/hostid", () => site.RefusesAsync("targets-visible", "host id is 64636261"));
        await WhileAsync("mv /dev/mapper/mpatha /dev/mapper/x; mv /dev/mapper/mpathb /dev/mapper/mpatha; mv /dev/mapper/x /dev/mapper/mpathb",
            "mv /dev/mapper/mpatha /dev/mapper/x; mv /dev/mapper/mpathb /dev/mapper/mpatha; mv /dev/mapper/x /dev/mapper/mpathb", () => site.RefusesAsync("targets-visible", "is another disk"));
        await WhileAsync("cp -p /etc/corosync/authkey /run/own; echo x >>/etc/corosync/authkey", "cp -p /run/own /etc/corosync/authkey", () => site.RefusesAsync("keys-agree", "/etc/corosync/authkey of mds1 is not that of mds2"));
        await WhileAsync("cp -p /etc/corosync/corosync.conf /run/own; sed -i 's/cluster_name: .*/cluster_name: other/' /etc/corosync/corosync.conf", "cp -p /run/own /etc/corosync/corosync.conf",
            () => site.RefusesAsync("keys-agree", "cluster_name"));
        await WhileAsync("lctl network down; ip addr del 198.19.0.11/16 dev eth1", "ip addr add 198.19.0.11/16 dev eth1; lctl network up", () => site.RefusesAsync("nids-as-before", "writeconf"));
        await Lab.ClockAsync("mds1", "+30m");
        await site.RefusesAsync("clocks-agree", "the clock of mds1 is");
        await Lab.ClockAsync("mds1", "right");
        await WhileAsync("pcs property set cluster-recheck-interval=14min", "pcs property set cluster-recheck-interval=15min", () => site.OpensAsync("backup-is-current"), on: "mds2");
        await site.OpensAsync("targets-visible", "keys-agree", "nids-as-before", "clocks-agree");
    }

    /// <summary>Breaks something by a command of the server's, looks, and mends it, however the look ended.</summary>
    private static async Task WhileAsync(string broken, string mended, Func<Task> look, string on = "mds1")
    {
        (await Lab.ExecAsync(on, "sh", "-ec", broken)).Ending();
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2), Lab.Cancel);
            await look();
        }
        finally
        {
            (await Lab.ExecAsync(on, "sh", "-ec", mended)).Ending();
        }
    }
}
