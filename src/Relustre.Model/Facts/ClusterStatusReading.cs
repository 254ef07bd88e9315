using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>Reads the status that crm_mon prints as XML.</summary>
internal static class ClusterStatusReading
{
    public static ClusterStatus? Of(string text)
    {
        var (root, isWhole) = CibElement.Parse(text);
        if (!isWhole || root?.Name is not ("crm_mon" or "pacemaker-result") || !root.Named("nodes").Any())
            return null;
        var summary = root.Named("summary").FirstOrDefault();
        var coordinator = First(summary, "current_dc");
        var options = First(summary, "cluster_options");
        return new()
        {
            Version = coordinator?["version"] ?? root["version"],
            Coordinator = Is(coordinator?["present"]) ? coordinator?["name"] : null,
            HasQuorum = Is(coordinator?["with_quorum"]),
            NoQuorumPolicy = options?["no-quorum-policy"],
            IsFencing = options?["stonith-enabled"] is { } fencing ? Is(fencing) : null,
            IsInMaintenance = Is(options?["maintenance-mode"]),
            Nodes = [.. root.Named("nodes").SelectMany(nodes => nodes.Named("node")).Select(Node).OfType<ClusterStatus.Node>()],
            Resources = [.. root.Named("resources").SelectMany(resources => resources.All()).Where(element => element.Name == "resource").Select(Resource)],
        };
    }

    private static CibElement? First(CibElement? around, string name) => around?.Named(name).FirstOrDefault();

    // Pacemaker takes what is not there for false.
    private static bool Is(string? word) => word is "true" or "yes" or "on" or "1";

    private static ClusterStatus.Node? Node(CibElement node) => node["name"] is not { Length: > 0 } name ? null : new()
    {
        Name = name,
        IsOnline = Is(node["online"]),
        IsPending = Is(node["pending"]),
        IsUnclean = Is(node["unclean"]),
        IsStandby = Is(node["standby"]) || Is(node["standby_onfail"]),
        IsInMaintenance = Is(node["maintenance"]),
        IsShuttingDown = Is(node["shutdown"]),
        IsCoordinator = Is(node["is_dc"]),
    };

    // Up to 2.0 a provider stands between two colons and one: ocf::chroma:Target.
    private static ClusterStatus.Resource Resource(CibElement resource) => new()
    {
        Id = resource.Id,
        Agent = (resource["resource_agent"] ?? "").Replace("::", ":", StringComparison.Ordinal),
        Role = resource["role"],
        WantedRole = resource["target_role"],
        IsManaged = Is(resource["managed"]),
        IsFailed = Is(resource["failed"]),
        IsBlocked = Is(resource["blocked"]),
        IsOrphaned = Is(resource["orphaned"]),
        Nodes = [.. resource.Named("node").Select(node => node["name"]).OfType<string>()],
    };
}
