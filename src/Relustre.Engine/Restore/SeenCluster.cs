using Relustre.Facts;

namespace Relustre.Restore;

/// <summary>A cluster as one of its nodes sees it.</summary>
/// <param name="Self">How the cluster calls the node that was asked.</param>
public sealed record SeenCluster(string Self, ClusterStatus Status)
{
    /// <summary>The node that was asked; null: it is not in its own cluster's list.</summary>
    public ClusterStatus.Node? Here => Status.NodeOf(Self);
}
