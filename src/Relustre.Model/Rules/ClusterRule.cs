using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>A rule about what the cluster as a whole is told: every node of it says the same, so it is told once.</summary>
public abstract class ClusterRule(string name, Risk risk) : ServerRule(name, "pacemaker", risk)
{
    public sealed override IEnumerable<Finding> Check(ServerView server) =>
        server.Fact<PacemakerFacts>() is { } cluster ? Check(server, cluster) : [];

    protected abstract IEnumerable<Finding> Check(ServerView server, PacemakerFacts cluster);
}
