using Relustre.Audit;
using Relustre.Restore;
using Relustre.Snapshots;
using Relustre.Tests.Operations;

namespace Relustre.Tests.Restore;

/// <summary>A server that lacks, because somebody wants it so, what its cluster needs of it: it is not led there by half.</summary>
public sealed class LeftOutPlanTests : IAsyncLifetime
{
    private readonly SmallFleet fleet = new();

    public async ValueTask InitializeAsync() => await fleet.OpenAsync();

    public ValueTask DisposeAsync() => fleet.DisposeAsync();

    [Fact]
    public async Task Without_LNet_it_is_not_verified_and_the_plan_says_why()
    {
        var plan = await PlanAsync("lnet");

        Assert.DoesNotContain(plan.Steps, step => step.Component == "lnet" || step.Stage > RestoreStage.LookAgain);
        Assert.Contains(plan.Steps, step => step.Component == "rsyslog");
        Assert.Contains(plan.ForPeople, note => note.StartsWith("server: it is not booted and does not join its cluster, since that needs lnet", StringComparison.Ordinal));
        Assert.DoesNotContain("lnet", plan.Agreeing);
    }

    [Fact]
    public async Task Without_what_no_cluster_needs_it_is_brought_all_the_way()
    {
        var plan = await PlanAsync("rsyslog");

        Assert.Contains(plan.Steps, step => step.Stage == RestoreStage.Verification);
        Assert.Equal(["rsyslog: stays as it is, since it was left out (--except)"], plan.ForPeople);
    }

    private async Task<RestorePlan> PlanAsync(string except) =>
        await new Planner(new CatalogueIndex(Catalogue.BuiltIn), TimeProvider.System)
            .PlanAsync(await ServerAsync("eth1"), await ServerAsync("eth0"), [], new RestoreWish { Except = [except] }, TestContext.Current.CancellationToken);

    private Task<StoredServer> ServerAsync(string card) => WrittenServer.WriteAsync(fleet, "mds1",
        ("lnet", new([WrittenServer.File("/etc/modprobe.d/lustre.conf", $"options lnet networks=tcp({card})\n")], card == "eth1" ? [WrittenServer.Tool("nids.txt", "10.0.0.1@tcp")] : [])),
        ("rsyslog", new([WrittenServer.File("/etc/rsyslog.conf", $"*.* /var/log/{card}\n")], [])));
}
