namespace Relustre.EndToEnd;

/// <summary>
/// A server of a running pair is lost and comes back. Whatever happens meanwhile, no target is ever active on two nodes, and in
/// the end the server is what it was.
/// </summary>
public class RestoreTests(Lab lab) : IClassFixture<Lab>
{
    private const string Gone = "mds1";
    private const string Partner = "mds2";

    [Fact]
    public async Task A_lost_server_comes_back_while_its_partner_serves()
    {
        using var site = await LostAsync();
        var before = await TimesAsync("demo-MDT0000");

        (await site.RunAsync("restore", Gone, "--yes", Gone)).Ending();

        Assert.Equal(before, await TimesAsync("demo-MDT0000"));
        await IsBackAsync(site);
        Assert.Equal(0, (await site.RunAsync("plan", Gone, "--json")).Ending().Json.GetProperty("steps").GetArrayLength());
        Assert.Contains("\"phases\"", await File.ReadAllTextAsync(Directory.GetFiles(site.Folder, "report.json", SearchOption.AllDirectories).Single(), Lab.Cancel), StringComparison.Ordinal);
    }

    private async Task<TestSite> LostAsync()
    {
        await lab.SettleAsync();
        var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        await Lab.ReinstallAsync(Gone);
        await Lab.WaitForTargetAsync("MGS", Partner);
        await Lab.WaitForSshAsync(Gone);
        return site;
    }

    private static async Task IsBackAsync(TestSite site)
    {
        await Lab.WaitForClusterAsync(Gone);
        Assert.Equal(Gone, await Lab.HolderAsync("MGS"));
        await Lab.NeverTwiceAsync();
        (await site.RunAsync("audit", Gone)).Ending();
    }

    // When the partner's own target was started and stopped, by the shared disk's log.
    private static async Task<string> TimesAsync(string target) => string.Join('\n',
        from line in (await Lab.RunAsync("activations", "--json")).Ending().Json.EnumerateArray()
        where line.GetProperty("target").GetString() == target
        select line.GetRawText());
}
