namespace Relustre.Restore.Gates;

/// <summary>
/// Nobody has suspended the cluster's fencing, and nobody does without having typed this gate's name. While a lease lasts, or one that is
/// over was not ended, no restore is finished.
/// </summary>
public sealed class FencingSuspended() : Gate(GateName, "no lease suspends the cluster's fencing")
{
    public const string GateName = "fencing-suspended";

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var cluster = await PartnerCluster.FindAsync(view, cancel);
        if (cluster.IsAlone)
            return Open($"{view.Name} is in no cluster");
        if (cluster.Partner is not { } partner)
            return Closed(string.Join("; ", cluster.Troubles), "crm_mon -1 on the partner");
        var look = $"ssh {partner.Host.Name} 'crm_attribute --type crm_config --query --name {LeaseKind.Fencing.Property}; crm_attribute --type crm_config --query --name stonith-enabled'";
        try
        {
            return (await ClusterLease.FindAsync(LeaseKind.Fencing, partner, cancel)).Lease is not { } lease
                ? Open("nobody has suspended fencing")
                : Closed(lease.ShownAt(view.Clock.GetUtcNow()), look);
        }
        catch (RestoreException silent)
        {
            return Closed(silent.Message, look);
        }
    }
}
