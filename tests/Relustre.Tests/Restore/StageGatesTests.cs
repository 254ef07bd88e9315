using Relustre.Restore;

namespace Relustre.Tests.Restore;

/// <summary>Gates stand before steps by their names, so a name that no gate has would be a gate that nobody asks.</summary>
public class StageGatesTests
{
    [Fact]
    public void Every_gate_that_a_step_may_name_is_in_the_book()
    {
        var named = Enum.GetValues<RestoreStage>().SelectMany(StageGates.Before)
            .Concat(StageGates.First).Concat(StageGates.Installing).Concat(StageGates.Membership).Concat(StageGates.Resources).Concat(StageGates.Move);

        Assert.Subset(GateBook.All.Select(gate => gate.Name).ToHashSet(), named.ToHashSet());
    }

    [Theory]
    [InlineData(RestoreStage.Packages)]
    [InlineData(RestoreStage.Lnet)]
    [InlineData(RestoreStage.Cluster)]
    [InlineData(RestoreStage.Reboot)]
    public void What_could_disturb_a_running_cluster_asks_whether_one_runs(RestoreStage stage) =>
        Assert.Contains("node-is-idle", StageGates.Before(stage));

    [Fact]
    public void What_a_second_look_writes_of_the_cluster_is_asked_for_again()
    {
        Assert.Contains("backup-is-current", StageGates.Again(RestoreStage.Cluster));
        Assert.All(Enum.GetValues<RestoreStage>(), stage => Assert.Subset(StageGates.Again(stage).ToHashSet(), StageGates.Before(stage).ToHashSet()));
    }

    [Fact]
    public void Nothing_starts_the_cluster_unless_partner_keys_and_disks_were_looked_at()
    {
        foreach (var gate in new[] { "partner-serves", "keys-agree", "targets-visible", "fencing-works" })
        {
            Assert.Contains(gate, StageGates.Membership);
            Assert.Contains(gate, StageGates.Resources);
        }
    }
}
