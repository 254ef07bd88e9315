using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Takes a cluster's resources out of its hands, for a while.</summary>
internal sealed class MaintenanceBeginCommand() : LeaseTakeCommand(LeaseKind.Maintenance, "begin", "Put a cluster in maintenance for a while; its nodes end that by themselves")
{
    public override IReadOnlyList<string> Details =>
    [
        "What runs goes on, and the cluster neither starts, stops nor watches anything (maintenance-mode=true). Fencing stays as it is set, so no gate is asked for. But nothing fails over: a server that is lost "
            + "meanwhile is taken over when the maintenance ends, and not before.",
        "Each node that answers first sets a timer of its own, which ends the maintenance whatever becomes of Relustre and its machine; one that cannot means that nothing begins. The lease stands in the cluster's "
            + "properties, in every plan and every audit. When it ends the cluster acts on what it finds: start again what you stopped by hand, or it will.",
        "A cluster that somebody else has in maintenance, without a lease, is left alone.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre maintenance begin mds --for 2h --reason 'new BMC in mds1'", "for two hours at most"),
    ];
}
