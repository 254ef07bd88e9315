using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Gives a cluster its resources back.</summary>
internal sealed class MaintenanceEndCommand() : LeaseEndCommand(LeaseKind.Maintenance, "end", "End a cluster's maintenance, before its lease is over")
{
    public override IReadOnlyList<string> Details =>
    [
        "The timers of its nodes then find nothing to do. Without a lease, nothing is changed.",
        "The cluster acts on what it finds: what was stopped by hand it starts, and a server that is gone it fences.",
    ];

    public override IReadOnlyList<Example> Examples => [new("relustre maintenance end mds", "what it was for is done")];
}
