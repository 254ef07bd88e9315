namespace Relustre.Tests.Components;

public class ZfsTests
{
    [Fact]
    public void A_pool_that_is_imported_elsewhere_is_one_difference_that_is_cosmetic()
    {
        var host = RecordedHost.Open("zfs/iml-6.3-el7");
        var elsewhere = host.State with { Tools = [.. host.State.Tools.Select(tool => tool.Name == "hostid.txt" ? tool : tool with { Output = default })] };

        var difference = Assert.Single(host.Component.Compare(host.State, elsewhere));

        Assert.Equal(("pool", Risk.Cosmetic), (difference.Key, difference.Risk));
    }
}
