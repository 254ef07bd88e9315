using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Tells which servers are in one cluster, by what they themselves say. Names of clusters do not help: IML gives all of them the same.</summary>
public static class ClusterMembers
{
    /// <summary>The components whose facts are needed.</summary>
    public static IReadOnlyList<string> Facts { get; } = ["pacemaker", "corosync", "system", "network", "name-resolution"];

    /// <summary>Clusters of two servers or more.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<ServerView> servers)
    {
        var left = servers.OrderBy(server => server.Host, StringComparer.Ordinal).Select(server => (server.Host, Own: new OwnNames(server), Nodes: Nodes(server))).ToList();
        var clusters = new List<IReadOnlyList<string>>();
        while (left is [var first, ..])
        {
            var members = left.Where(one => one.Host == first.Host || first.Nodes.Any(node => one.Own.Is(node) == true)).ToList();
            left.RemoveAll(members.Contains);
            if (members.Count > 1)
                clusters.Add([.. members.Select(member => member.Host)]);
        }
        return clusters;
    }

    private static List<string> Nodes(ServerView server) =>
    [
        .. (server.Fact<PacemakerFacts>()?.Nodes ?? []).Select(node => node.Name),
        .. (server.Fact<CorosyncFacts>()?.Nodes ?? []).SelectMany(node => node.Addresses.Concat(node.Name is { } name ? [name] : [])),
    ];
}
