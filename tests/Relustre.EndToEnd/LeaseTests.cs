namespace Relustre.EndToEnd;

/// <summary>Fencing that is lent out: it comes back by itself when nobody of ours is left, and no restore is over before it has.</summary>
public class LeaseTests(Lab lab) : IClassFixture<Lab>
{
    private const string Pair = "mds0";
    private const string Gate = "fencing-suspended";

    private static readonly string[] Nodes = ["mds1", "mds2"];

    [Fact]
    public async Task When_its_time_is_over_the_nodes_end_it_by_themselves()
    {
        await lab.SettleAsync();
        string lease;
        using (var site = await TestSite.OfAsync(lab))
        {
            (await site.RunAsync("fencing", "suspend", Pair, "--for", "20s", "--reason", "a new BMC", "--open-gate", Gate)).Ending();

            Assert.Contains("a new BMC", (await site.RunAsync("fencing", "status")).Ending().Text, StringComparison.Ordinal);
            lease = await LeaseAsync("mds1");
            Assert.EndsWith(" a new BMC", lease, StringComparison.Ordinal);
            foreach (var node in Nodes)
            {
                Assert.Equal("false", await StonithAsync(node));
                Assert.Equal(lease, await LeaseAsync(node));
                Assert.True(await IsArmedAsync(node, lease), $"{node} has no timer");
            }
        }

        // The management host is gone, with its site and its keys: from here on only the nodes' own tools say anything.
        await Patience.UntilAsync("the nodes end the lease", seconds: 60, async () => await StonithAsync("mds2") == "true" && await LeaseAsync("mds2") == "");
        foreach (var node in Nodes)
        {
            Assert.Equal("true", await StonithAsync(node));
            Assert.DoesNotContain("relustre", await OptionsAsync(node), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task While_it_lasts_it_is_a_finding_and_no_restore_is_over()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        (await Lab.ExecAsync("mds1", "pcs", "cluster", "stop")).Ending();
        await Lab.WaitForTargetAsync("MGS", "mds2");
        (await site.RunAsync("fencing", "suspend", Pair, "--for", "1h", "--reason", "a new BMC", "--open-gate", Gate)).Ending();
        try
        {
            Assert.Contains("fencing-lent", (await site.RunAsync("audit", "mds2")).Ending(20).Text, StringComparison.Ordinal);
            var restored = (await site.RunAsync("restore", "mds1", "--yes", "mds1", "--open-gate", "fencing-works")).Ending(21);

            Assert.Contains("every step is done, but this restore is not over: fencing is suspended until", restored.Errors, StringComparison.Ordinal);
            // The gate that was opened by hand opens no other.
            Assert.Contains("this restore is not over", (await site.RunAsync("restore", "mds1", "--resume")).Ending(21).Errors, StringComparison.Ordinal);
        }
        finally
        {
            (await site.RunAsync("fencing", "resume", Pair)).Ending();
        }

        (await site.RunAsync("restore", "mds1", "--resume")).Ending();
        await Lab.WaitForClusterAsync("mds1");
        await Lab.NeverTwiceAsync();
    }

    private static async Task<string> StonithAsync(string node) => (await AttributeAsync(node, "stonith-enabled")).Text.Trim();

    private static async Task<string> LeaseAsync(string node) => (await AttributeAsync(node, "relustre-fencing-lease")).Text.Trim();

    private static async Task<string> OptionsAsync(string node) => (await Lab.ExecAsync(node, "cibadmin", "--query", "--scope", "crm_config")).Ending().Text;

    // One that is not there is an error of the tool's, and no text.
    private static Task<Answer> AttributeAsync(string node, string name) => Lab.ExecAsync(node, "sh", "-c", $"crm_attribute --type crm_config --name {name} --query --quiet 2>/dev/null");

    // By the lease's own name: the timer of one that was given back runs out, and finds nothing to do.
    private static async Task<bool> IsArmedAsync(string node, string lease) =>
        (await Lab.ExecAsync(node, "systemctl", "list-units", "--all", "--plain", "--no-legend", $"relustre-fencing-lease-{lease.Split(' ')[0]}.*")).Ending().Text.Length > 0;
}
