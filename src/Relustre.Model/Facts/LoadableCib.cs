using System.Xml;
using System.Xml.Linq;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>
/// A CIB in the form in which it may be brought into a cluster that was formed anew: without the status, which would claim that
/// servers serve which do not; with everything but fencing held back; with each node's fence agent behind what the agent needs; and a
/// mark by which it is known again. What holds back lies over the configuration and changes nothing of it.
/// </summary>
public sealed record LoadableCib
{
    /// <summary>Of the set that holds the mark, and the name of the mark.</summary>
    public const string Mark = "relustre-recovery";

    private const string HeldBack = "relustre-held-back-";

    private static readonly string[] Notes = ["cib-last-written", "update-origin", "update-client", "update-user", "have-quorum", "dc-uuid", "execution-date"];

    /// <summary>The document; secret.</summary>
    public required string Text { get; init; }

    /// <summary>Held back no more, as it will be in the end; secret.</summary>
    public required string Released { get; init; }

    /// <summary>The schema that it was written for; null: it does not say.</summary>
    public string? Schema { get; init; }

    /// <summary>What starts, in Lustre's order.</summary>
    public required IReadOnlyList<ClusterStart> Starts { get; init; }

    /// <summary>Properties by their ids that keep everything from starting; they are false until all has started.</summary>
    public IReadOnlyList<string> Brakes { get; init; } = [];

    /// <summary>Whether the cluster has a device that fences.</summary>
    public bool HasFencing { get; init; }

    /// <summary>The nodes by their ids.</summary>
    public IReadOnlyDictionary<string, string> Nodes { get; init; } = new Dictionary<string, string>();

    /// <summary>The id of the set of attributes that holds a resource back.</summary>
    public static string HoldOf(string primitive) => HeldBack + primitive;

    /// <exception cref="XmlException">It is no whole CIB.</exception>
    public static LoadableCib Of(SavedCib saved, string mark)
    {
        var cib = CibDocument.Of(saved.Text);
        if (cib.Root?.Element("configuration") is not { } configuration)
            throw new XmlException("it has no configuration");
        Strip(cib.Root, saved.Age);
        foreach (var node in cib.Section("nodes"))
            AgentLast(node);
        var brakes = Brake(cib).ToList();
        var released = cib.ToString();
        Hold(configuration, mark);
        return new LoadableCib
        {
            Text = cib.ToString(),
            Released = released,
            Schema = (string?)cib.Root.Attribute("validate-with"),
            Starts = ClusterStart.Of(cib),
            Brakes = brakes,
            HasFencing = cib.Section("resources").DescendantsAndSelf("primitive").Any(primitive => !ClusterStart.IsHeldBack(primitive)),
            Nodes = cib.Section("nodes").Where(node => node.Attribute("id") is not null)
                .DistinctBy(node => (string)node.Attribute("id")!).ToDictionary(node => (string)node.Attribute("id")!, node => (string?)node.Attribute("uname") ?? ""),
        };
    }

    public override string ToString() => $"a loadable CIB that starts {Starts.Count}";

    private static void Strip(XElement root, CibAge age)
    {
        root.Elements("status").Remove();
        foreach (var note in Notes)
            root.SetAttributeValue(note, null);
        root.SetAttributeValue("epoch", age.Epoch + 1);
        root.SetAttributeValue("num_updates", 0);
    }

    // fence_chroma takes a node with an agent for one that can be fenced, so it comes when all else is there.
    private static void AgentLast(XElement node)
    {
        foreach (var agent in node.Elements("instance_attributes").Elements("nvpair").Where(pair => ((string?)pair.Attribute("name"))?.EndsWith("_fence_agent", StringComparison.Ordinal) == true).ToList())
        {
            var set = agent.Parent!;
            agent.Remove();
            set.Add(agent);
        }
    }

    // A backup that was taken in maintenance has it on: nothing would start. It comes back at the end.
    private static IEnumerable<string> Brake(XDocument cib)
    {
        foreach (var pair in cib.Section("crm_config").Elements("nvpair").Where(pair => (string?)pair.Attribute("name") is "maintenance-mode" or "stop-all-resources" && IsOn((string?)pair.Attribute("value"))))
        {
            pair.SetAttributeValue("value", "false");
            yield return (string?)pair.Attribute("id") ?? "";
        }
    }

    private static void Hold(XElement configuration, string mark)
    {
        if (configuration.Element("crm_config") is not { } properties)
            configuration.AddFirst(properties = new XElement("crm_config"));
        properties.Add(new XElement("cluster_property_set", new XAttribute("id", Mark), Pair($"{Mark}-mark", Mark, mark)));
        foreach (var primitive in configuration.Elements("resources").Descendants("primitive").Where(ClusterStart.IsHeldBack).ToList())
            primitive.AddFirst(new XElement("meta_attributes",
                new XAttribute("id", HoldOf((string)primitive.Attribute("id")!)), new XAttribute("score", "INFINITY"),
                Pair($"{HoldOf((string)primitive.Attribute("id")!)}-role", "target-role", "Stopped")));
    }

    private static XElement Pair(string id, string name, string value) =>
        new("nvpair", new XAttribute("id", id), new XAttribute("name", name), new XAttribute("value", value));

    private static bool IsOn(string? value) => value?.ToLowerInvariant() is "true" or "yes" or "on" or "y" or "1";
}
