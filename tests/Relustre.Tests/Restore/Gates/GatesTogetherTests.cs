using Relustre.Restore;
using Relustre.Restore.Gates;
using Relustre.Steps;

namespace Relustre.Tests.Restore.Gates;

/// <summary>How often a partner's cluster is asked: all gates of a step judge one moment, and each step another.</summary>
public sealed class GatesTogetherTests : IDisposable
{
    private readonly GatePair pair = new();

    public GatesTogetherTests()
    {
        pair.Cluster();
        pair.Partner.Program("crm_mon", "echo asked >>/asked; cat /answers/crm_mon").Says("cibadmin", "<cib/>").Program("crm_attribute", "exit 6");
    }

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task The_gates_of_a_step_ask_once_and_those_of_the_next_step_anew()
    {
        var open = 0;

        Assert.IsType<RestoreOutcome.Done>(await RunAsync([Step(1, RestoreStage.Rejoin), Step(2, RestoreStage.Rejoin)], happened => open += happened is RestoreEvent.GateOpen ? 1 : 0));

        Assert.Equal((6, 2), (open, Asked));
    }

    [Fact]
    public async Task One_that_waits_for_a_cluster_to_settle_asks_it_each_time()
    {
        pair.Partner.File("/answers/unsettled", GatePair.Status("2.1.5-maintenance.xml"))
            .Program("crm_mon", "echo asked >>/asked; [ $(wc -l </asked) -gt 2 ] && cat /answers/crm_mon || cat /answers/unsettled");

        Assert.IsType<RestoreOutcome.Done>(await RunAsync([Step(1, RestoreStage.Failback)], _ => { }, TimeProvider.System));

        Assert.Equal(3, Asked);
    }

    private int Asked => File.ReadAllLines(pair.Partner.Path("/asked")).Length;

    private async Task<RestoreOutcome> RunAsync(IReadOnlyList<PlannedStep> steps, Action<RestoreEvent> report, TimeProvider? clock = null)
    {
        var view = pair.View with { Plan = pair.View.Plan with { Steps = steps } };
        using var restore = pair.Book.Start(view.Plan, []);
        return await new Restorer(restore, view, GateBook.All, clock ?? new HastyClock(), report).RunAsync(GatePair.Cancel);
    }

    private static PlannedStep Step(int number, RestoreStage stage) => new(number, "test", new RunTool("nothing", new RemoteCommand("test", "0")))
    {
        Stage = stage,
        Gates = stage == RestoreStage.Failback ? [PartnerServes.GateName] : [HoldsNothing.GateName, PartnerServes.GateName, FencingSuspended.GateName],
    };

    // To it, every answer is of long ago.
    private sealed class HastyClock : TimeProvider
    {
        private long ahead;

        public override long GetTimestamp() => base.GetTimestamp() + (Interlocked.Increment(ref ahead) * TimestampFrequency * 11);
    }
}
