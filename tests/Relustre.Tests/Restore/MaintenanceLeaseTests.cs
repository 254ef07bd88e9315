using Relustre.Restore;
using Relustre.Restore.Gates;

namespace Relustre.Tests.Restore;

/// <summary>A cluster in maintenance for a while, without a gate: nothing is started twice by it.</summary>
public sealed class MaintenanceLeaseTests() : ClusterLeaseTests(LeaseKind.Maintenance)
{
    [Fact]
    public async Task It_takes_no_gate()
    {
        await TakeAsync(isOpened: false);

        Assert.Equal("true", Setting);
        await Pair.OpensAsync(new FencingSuspended());
    }

    [Fact]
    public async Task Whoever_meets_it_is_told_of_it_and_of_what_ends_it()
    {
        Pair.Cluster("2.1.5-maintenance.xml");
        await Pair.RefusesAsync(new PartnerServes(), "'pcs property set maintenance-mode=false'");
        await TakeAsync(600, "the BMC of mds1 is being replaced");
        await Pair.RefusesAsync(new PartnerServes(), "the BMC of mds1 is being replaced. The cluster starts and watches nothing meanwhile: 'relustre maintenance end mds2'");

        Write("1 1 - x \u001b[2J");
        await Pair.RefusesAsync(new PartnerServes(), "It is over, and no node has ended it. The cluster starts");
        Pair.Partner.Says("cibadmin", "", exitCode: 102);
        await Pair.RefusesAsync(new PartnerServes(), "'pcs property set maintenance-mode=false'");
    }
}
