using System.Text.RegularExpressions;

namespace Relustre.EndToEnd;

/// <summary>The worst night: both servers of a pair lost their system disks. One command brings them and their cluster back.</summary>
public partial class BothLostTests(Lab lab) : IClassFixture<Lab>
{
    private const string Pair = "mds0";

    [GeneratedRegex(@" epoch=""(?<epoch>\d+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex EpochOf { get; }

    [Fact]
    public async Task A_pair_that_was_installed_anew_serves_again_and_nothing_differs()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        var before = await EpochAsync("mds1");
        await Task.WhenAll(Lab.ReinstallAsync("mds1"), Lab.ReinstallAsync("mds2"));

        // It ends with an audit of both servers of its own: 20 would be a difference.
        (await site.RunAsync("recover-cluster", Pair, "--yes", Pair)).Ending();

        await Lab.WaitForClusterAsync("mds1", seconds: 5);
        await Lab.NeverTwiceAsync();
        await HomeAsync();
        Assert.True(await EpochAsync("mds1") > before, "an older backup looks newer than the cluster");
    }

    private static async Task HomeAsync()
    {
        Assert.Equal("mds1", await Lab.HolderAsync("MGS"));
        Assert.Equal("mds2", await Lab.HolderAsync("demo-MDT0000"));
        Assert.DoesNotContain("relustre", (await Lab.ExecAsync("mds1", "cibadmin", "--query")).Ending().Text, StringComparison.Ordinal);
    }

    private static async Task<long> EpochAsync(string node) =>
        long.Parse(EpochOf.Match((await Lab.ExecAsync(node, "cibadmin", "--query")).Ending().Text).Groups["epoch"].Value, System.Globalization.CultureInfo.InvariantCulture);
}
