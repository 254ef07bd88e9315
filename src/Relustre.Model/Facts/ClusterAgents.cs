namespace Relustre.Facts;

/// <summary>Tells which agents a server lacks of those that its cluster needs.</summary>
internal static class ClusterAgents
{
    private const string Fencing = "stonith:";

    /// <summary>Nothing where the server was not asked which agents it has.</summary>
    public static IReadOnlyList<string> Missing(ComponentState state, PacemakerFacts cluster)
    {
        var resources = state.Said("resource-agents.txt")?.TrimmedLines.Select(Named).ToHashSet();
        var fences = state.Said("fence-agents.txt")?.TrimmedLines.Select(name => Fencing + name).ToHashSet();
        return
        [
            .. from agent in cluster.Resources.Select(resource => resource.Agent).Concat(cluster.Nodes.SelectMany(Fences)).Distinct().Order(StringComparer.Ordinal)
               where (IsResource(agent) && resources?.Contains(agent) == false) || (IsFence(agent) && fences?.Contains(agent) == false)
               select agent,
        ];
    }

    // "ocf/resource.d/chroma/Target"
    private static string Named(string path) => path.Split('/') is [.., var provider, var name] ? $"ocf:{provider}:{name}" : path;

    private static bool IsResource(string agent) => agent.StartsWith("ocf:", StringComparison.Ordinal);

    // Pacemaker has the watchdog's in itself, and external ones lie elsewhere.
    private static bool IsFence(string agent) => agent.StartsWith("stonith:fence_", StringComparison.Ordinal) && agent != "stonith:fence_watchdog";

    // The agents that IML's fence_chroma runs.
    private static IEnumerable<string> Fences(ClusterNode node) =>
        from attribute in node.Attributes
        where attribute.Key.EndsWith("_fence_agent", StringComparison.Ordinal)
        select Fencing + attribute.Value;
}
