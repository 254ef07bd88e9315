namespace Relustre.EndToEnd;

/// <summary>Both object servers of a pair are lost one after the other, and each comes back while the other serves.</summary>
public class ObjectServersTests(ObjectServersTests.TwoPairs lab) : IClassFixture<ObjectServersTests.TwoPairs>
{
    [Fact]
    public async Task One_after_the_other_both_come_back()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();

        var targets = await HeldByAsync("oss1") + await HeldByAsync("oss2");

        foreach (var (gone, partner) in new[] { ("oss1", "oss2"), ("oss2", "oss1") })
        {
            await Lab.ReinstallAsync(gone);
            // Until then its partner has not fenced it: that would cut the restore off.
            await Patience.UntilAsync($"{partner} serves all that {gone} did", 120, async () => await HeldByAsync(partner) == targets);
            await Lab.WaitForSshAsync(gone);

            (await site.RunAsync("restore", gone, "--yes", gone)).Ending();

            await Lab.WaitForClusterAsync(gone);
            Assert.NotEqual(0, await HeldByAsync(gone));
        }
        await Lab.NeverTwiceAsync();
        (await site.RunAsync("audit")).Ending();
    }

    private static async Task<int> HeldByAsync(string node) =>
        (await Lab.RunAsync("activations", "--now")).Ending().Text.Split('\n').Count(line => line.StartsWith($"{node} ", StringComparison.Ordinal));

    public sealed class TwoPairs() : Lab(pairs: 2, era: "E3");
}
