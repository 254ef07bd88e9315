using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Something of the cluster was lent for a while by a lease of Relustre's.</summary>
/// <param name="property">The cluster's property in which the lease stands.</param>
internal abstract class LentRule(string name, Risk risk, string property) : ClusterRule(name, risk)
{
    protected sealed override IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster) =>
        cluster.Properties.GetValueOrDefault(property) is { } lease ? [Found(server, property, null, lease)] : [];
}
