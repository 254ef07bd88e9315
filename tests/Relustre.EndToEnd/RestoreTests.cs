namespace Relustre.EndToEnd;

/// <summary>A server of a running pair is lost and comes back, and whatever happens meanwhile, no target is ever active twice.</summary>
public class RestoreTests(Lab lab) : IClassFixture<Lab>
{
    private const string Gone = "mds1";
    private const string Partner = "mds2";

    [Fact]
    public async Task A_lost_server_comes_back_while_its_partner_serves()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        await LoseAsync();
        var before = await TimesAsync("demo-MDT0000");

        (await site.RunAsync("restore", Gone, "--yes", Gone)).Ending();

        Assert.Equal(Gone, await Lab.HolderAsync("MGS"));
        Assert.Equal(before, await TimesAsync("demo-MDT0000"));
        await Lab.WaitForClusterAsync(Gone);
        await Lab.NeverTwiceAsync();
        Assert.Equal(0, (await site.RunAsync("plan", Gone, "--json")).Ending().Json.GetProperty("steps").GetArrayLength());
        (await site.RunAsync("audit")).Ending();
    }

    private static async Task LoseAsync()
    {
        await Lab.ReinstallAsync(Gone);
        await Lab.WaitForTargetAsync("MGS", Partner);
        await Lab.WaitForSshAsync(Gone);
    }

    // When the partner's own target was started and stopped, by the shared disk's log.
    private static async Task<string> TimesAsync(string target) => string.Join('\n',
        from line in (await Lab.RunAsync("activations", "--json")).Ending().Json.EnumerateArray()
        where line.GetProperty("target").GetString() == target
        select line.GetRawText());
}
