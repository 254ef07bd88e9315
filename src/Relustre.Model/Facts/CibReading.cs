using Relustre.Components;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>Tells from a CIB what the cluster runs and where.</summary>
internal static class CibReading
{
    private static readonly string[] onDisk = ["/var/lib/pacemaker/cib/cib.xml", "/var/lib/heartbeat/crm/cib.xml"];

    public static bool IsCib(CapturedFile file) => onDisk.Contains(file.Path);

    /// <summary>The running cluster's, else the newest on disk; a copy that ends early only where there is no whole one.</summary>
    public static CibCopy? Newest(ComponentState state) =>
        (from copy in Copies(state)
         orderby copy.IsWhole descending, copy.IsLive descending, copy.Age descending
         select copy).FirstOrDefault();

    public static PacemakerFacts? Facts(ComponentState state) => OfCib(state) is { } cluster
        ? cluster with { MissingAgents = ClusterAgents.Missing(state, cluster), PcsdPeers = PcsdReading.Peers(state) }
        : null;

    private static PacemakerFacts? OfCib(ComponentState state) => Newest(state) is { Root: { Name: "cib" } root } copy
        ? new()
        {
            IsLive = copy.IsLive,
            IsWhole = copy.IsWhole,
            AdminEpoch = copy.Age.Admin,
            Epoch = copy.Age.Epoch,
            Updates = copy.Age.Updates,
            Schema = root["validate-with"],
            FeatureSet = root["crm_feature_set"],
            Properties = Pairs(Section(root, "crm_config"), "cluster_property_set"),
            ResourceDefaults = Pairs(Section(root, "rsc_defaults"), "meta_attributes"),
            OperationDefaults = Pairs(Section(root, "op_defaults"), "meta_attributes"),
            Nodes = [.. Section(root, "nodes").SelectMany(section => section.Named("node")).Select(Node)],
            Resources = [.. Section(root, "resources").SelectMany(section => Resources(section, null, null))],
            Locations = [.. Constraints(root).Select(Location)],
            Leftovers = [.. Constraints(root).Select(constraint => constraint.Id).Where(IsLeftover)],
        }
        : null;

    private static IEnumerable<CibCopy> Copies(ComponentState state) =>
    [
        .. state.Said(Pacemaker.LiveCib) is { } live && live.Contains("<cib", StringComparison.Ordinal) ? [new CibCopy(live, IsLive: true)] : Array.Empty<CibCopy>(),
        .. onDisk.Select(path => state.Text(path)).OfType<string>().Select(text => new CibCopy(text, IsLive: false)),
    ];

    private static IEnumerable<CibElement> Section(CibElement root, string name) =>
        root.Named("configuration").SelectMany(configuration => configuration.Named(name));

    private static Dictionary<string, string> Pairs(IEnumerable<CibElement> elements, string set, bool isFencing = false)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var pair in elements.SelectMany(element => element.Pairs(set)))
            if (pair["name"] is { } name)
                pairs.TryAdd(name, FenceWords.IsPublic(pair, isFencing) ? pair["value"] ?? "" : PacemakerFacts.Hidden);
        return pairs;
    }

    private static ClusterNode Node(CibElement node) => new()
    {
        Id = node.Id,
        Name = node["uname"] ?? node.Id,
        Attributes = Pairs([node], "instance_attributes", isFencing: true),
    };

    private static IEnumerable<ClusterResource> Resources(CibElement section, string? group, string? clone) =>
        section.Children.SelectMany(child => child.Name switch
        {
            "primitive" => [Resource(child, group, clone)],
            "group" => Resources(child, child.Id, clone),
            "clone" or "master" or "bundle" => Resources(child, group, child.Id),
            _ => [],
        });

    private static ClusterResource Resource(CibElement primitive, string? group, string? clone) => new()
    {
        Id = primitive.Id,
        Agent = string.Join(':', new[] { primitive["class"], primitive["provider"], primitive["type"] }.OfType<string>()),
        InGroup = group,
        InClone = clone,
        Parameters = Pairs([primitive], "instance_attributes", isFencing: primitive["class"] == "stonith"),
        Meta = Pairs([primitive], "meta_attributes"),
    };

    private static IEnumerable<CibElement> Constraints(CibElement root) =>
        Section(root, "constraints").SelectMany(section => section.Named("rsc_location"));

    private static ClusterLocation Location(CibElement constraint) => new()
    {
        Id = constraint.Id,
        Resource = constraint["rsc"] ?? constraint["rsc-pattern"],
        Node = constraint["node"],
        Score = constraint["score"],
    };

    private static bool IsLeftover(string id) =>
        id.StartsWith("cli-ban-", StringComparison.Ordinal) || id.StartsWith("cli-prefer-", StringComparison.Ordinal);
}
