using Relustre.Restore;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore;

/// <summary>Fencing is only ever lent, to whoever has typed the gate's name.</summary>
public sealed class FencingLeaseTests() : ClusterLeaseTests(LeaseKind.Fencing)
{
    [Fact]
    public async Task Without_the_gates_name_nothing_is_suspended()
    {
        var refused = await Assert.ThrowsAsync<RestoreException>(() => TakeAsync(isOpened: false));

        Assert.Contains("--open-gate fencing-suspended", refused.Message, StringComparison.Ordinal);
        Assert.Equal("true", Setting);
        Assert.False(File.Exists(Pair.Partner.Path("/tmp/undo.sh")));
    }

    [Fact]
    public async Task While_it_lasts_its_gate_is_closed()
    {
        await Pair.OpensAsync(new FencingSuspended(), "nobody has suspended fencing");
        await TakeAsync(600, "the BMC of mds1 is being replaced");
        await Pair.RefusesAsync(new FencingSuspended(), "the BMC of mds1 is being replaced");
        await TimerAsync();
        await Pair.OpensAsync(new FencingSuspended());
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("1 99999999999999999999 - x y")]
    public async Task One_that_nobody_can_read_closes_it_too(string text)
    {
        Write(text);

        await Pair.RefusesAsync(new FencingSuspended(), "It is over, and no node has ended it");
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_closes_it()
    {
        Pair.Partner.Says("cibadmin", "", exitCode: 102);

        await Pair.RefusesAsync(new FencingSuspended(), "does not tell whether its cluster's fencing is suspended");
    }
}
