namespace Relustre.EndToEnd;

/// <summary>A server that lost its system disk: what backup and cluster make of it before anybody restores anything.</summary>
public class ReinstalledTests(Lab lab) : IClassFixture<Lab>
{
    [Fact]
    public async Task The_empty_server_is_captured_as_such_the_old_snapshot_stays_and_its_partner_serves_on()
    {
        await lab.SettleAsync();
        using var site = await TestSite.OfAsync(lab);
        (await site.RunAsync("backup")).Ending();
        var before = (await site.RunAsync("ls", "mds1", "/etc/corosync")).Ending().Text;

        await Lab.ReinstallAsync("mds1");
        await Lab.WaitForTargetAsync("MGS", "mds2");
        await Lab.WaitForSshAsync("mds1");
        (await site.RunAsync("backup", "mds1")).Ending();

        Assert.Contains("authkey", before, StringComparison.Ordinal);
        Assert.NotEqual(0, (await site.RunAsync("dump", "mds1", "/etc/corosync/corosync.conf")).ExitCode);
        Assert.Equal(2, (await site.RunAsync("snapshots", "mds1", "--json")).Ending().Json.GetArrayLength());
        await Lab.NeverTwiceAsync();
    }
}
