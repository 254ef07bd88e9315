namespace Relustre.EndToEnd;

/// <summary>One server of a pair was backed up and has lost its disk: it was installed anew, and its partner serves everything.</summary>
public abstract class LostServer(Lab lab)
{
    protected const string Gone = "mds1";
    protected const string Partner = "mds2";

    /// <summary>The whole story: restored in one go while the partner's own target is not touched, and nothing is left to do.</summary>
    protected async Task ComesBackAsync()
    {
        using var site = await LostAsync();
        var before = await TimesAsync("demo-MDT0000");

        (await site.RunAsync("restore", Gone, "--yes", Gone)).Ending();

        Assert.Equal(before, await TimesAsync("demo-MDT0000"));
        await IsBackAsync(site);
        Assert.Equal(0, (await site.RunAsync("plan", Gone, "--json")).Ending().Json.GetProperty("steps").GetArrayLength());
        Assert.Contains("\"phases\"", await File.ReadAllTextAsync(Directory.GetFiles(site.Folder, "report.json", SearchOption.AllDirectories).Single(), Lab.Cancel), StringComparison.Ordinal);
    }

    private protected async Task<TestSite> LostAsync(Func<Task>? afterBackup = null)
    {
        await lab.SettleAsync();
        var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        if (afterBackup is not null)
            await afterBackup();
        await Lab.ReinstallAsync(Gone);
        await Lab.WaitForTargetAsync("MGS", Partner);
        await Lab.WaitForSshAsync(Gone);
        return site;
    }

    private protected static async Task IsBackAsync(TestSite site)
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
