using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>The partner carries the file system meanwhile: nothing begins that would take away the last server that works.</summary>
public sealed class PartnerServes() : Gate(GateName, "the partner is a sound member of a running cluster, and every target is started")
{
    public const string GateName = "partner-serves";

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var cluster = await PartnerCluster.FindAsync(view, cancel);
        if (cluster.IsAlone)
            return Open($"{view.Name} is in no cluster");
        if (cluster is not { Partner: { } partner, Seen: { } seen })
            return Closed($"{string.Join("; ", cluster.Troubles)}: with both servers down this is no restore of one of them", "crm_mon -1 on the partner");
        var trouble = Membership(seen, partner.Host.Name) ?? await MaintenanceAsync(view, seen.Status, partner, cancel) ?? await QuorumAsync(seen.Status, partner, cancel) ?? Targets(seen.Status);
        return trouble is null
            ? Open($"{seen.Self} serves {Names(seen.Status.Resources.Where(resource => resource is { IsTarget: true, IsStarted: true })) switch { "" => "no target", var targets => targets }}")
            : Closed(trouble, $"ssh {partner.Host.Name} crm_mon -1rf");
    }

    private static string? Membership(SeenCluster seen, string partner) => seen switch
    {
        { Here: null } => $"{partner} is not in its own cluster's list of nodes",
        { Here.IsOnline: false } => $"{seen.Self} is offline in its own cluster",
        { Here.IsUnclean: true } => $"{seen.Self} is unclean: the cluster wants to fence it",
        { Here.IsPending: true } => $"{seen.Self} is still joining its cluster",
        { Here.IsShuttingDown: true } => $"{seen.Self} is shutting down",
        { Here.IsStandby: true } => $"{seen.Self} is in standby and serves nothing: 'pcs node unstandby {seen.Self}'",
        { Here.IsInMaintenance: true } => $"{seen.Self} is in maintenance: its cluster neither starts nor watches anything on it",
        { Status.Coordinator: null } => "the cluster has no coordinator (DC): it decides nothing at this moment",
        _ => null,
    };

    private static async Task<string?> MaintenanceAsync(GateView view, ClusterStatus status, HostShell partner, CancellationToken cancel)
    {
        if (!status.IsInMaintenance)
            return null;
        try
        {
            if ((await ClusterLease.FindAsync(LeaseKind.Maintenance, partner, cancel)).Lease is { } lease)
                return $"{lease.ShownAt(view.Clock.GetUtcNow())}. The cluster starts and watches nothing meanwhile: '{lease.Kind.EndCommand} {partner.Host.Name}' ends it";
        }
        catch (RestoreException)
        {
            // That it is in maintenance is known all the same.
        }
        return $"the cluster is in maintenance mode: it neither starts nor watches anything ('pcs property set {LeaseKind.Maintenance.Setting}={LeaseKind.Maintenance.Before}')";
    }

    // A lone server of a pair has no quorum of its own; IML therefore lets its clusters go on without.
    private static async Task<string?> QuorumAsync(ClusterStatus status, HostShell partner, CancellationToken cancel)
    {
        if (status.HasQuorum)
            return null;
        var policy = status.NoQuorumPolicy ?? await ClusterProperty.AskAsync(partner, "no-quorum-policy", cancel);
        return policy == "ignore" ? null : $"the cluster has no quorum, and its no-quorum-policy is {policy ?? "unknown"}: it may stop every target";
    }

    private static string? Targets(ClusterStatus status)
    {
        var serving = status.Nodes.Where(node => node.IsOnline && !node.IsUnclean).Select(node => node.Name).ToList();
        var targets = status.Resources.Where(resource => resource is { IsTarget: true, IsOrphaned: false }).ToList();
        var down = targets.Where(target => !target.IsStoppedOnPurpose && !(target.IsStarted && target.Nodes.All(serving.Contains)));
        return (Names(targets.Where(target => target.IsFailed || target.IsBlocked)), Names(down)) switch
        {
            ({ Length: > 0 } failed, _) => $"failed or blocked: {failed}",
            (_, { Length: > 0 } stopped) => $"not started on a sound node: {stopped}",
            _ => null,
        };
    }

    private static string Names(IEnumerable<ClusterStatus.Resource> resources) => resources.Select(resource => resource.Id).ToList().Some();
}
