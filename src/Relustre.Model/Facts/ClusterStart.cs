using System.Xml.Linq;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>A resource that a cluster starts by itself, with the members of its group or clone.</summary>
/// <param name="Id">Of the primitive, group or clone.</param>
/// <param name="Primitives">What is held back until it starts, in its own order.</param>
public sealed record ClusterStart(string Id, IReadOnlyList<string> Primitives)
{
    private static readonly string[] kinds = ["primitive", "group", "clone", "master", "bundle"];

    /// <summary>Whether it was stopped on purpose, or was left to itself: it is released, but nobody waits for it.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>Whether it is something of Lustre's, which has an order of its own.</summary>
    internal int Turn => LustreTurn.Of([Id, .. Primitives]);

    /// <summary>All of a CIB but what fences, in the order in which they start.</summary>
    internal static IReadOnlyList<ClusterStart> Of(XDocument cib) =>
    [
        .. from resource in cib.Section("resources")
           where kinds.Contains(resource.Name.LocalName) && resource.Attribute("id") is not null
           let primitives = resource.DescendantsAndSelf("primitive").Where(IsHeldBack).ToList()
           where primitives.Count > 0
           let start = new ClusterStart((string)resource.Attribute("id")!, [.. primitives.Select(primitive => (string)primitive.Attribute("id")!)])
           {
               IsLeftAlone = resource.DescendantsAndSelf().Any(IsLeft) || cib.Section("rsc_defaults").Any(set => Says(set, "target-role", "Stopped") || Says(set, "is-managed", "false")),
           }
           orderby start.Turn
           select start,
    ];

    /// <summary>Fence devices run from the beginning: without them nothing may start.</summary>
    internal static bool IsHeldBack(XElement primitive) => (string?)primitive.Attribute("class") != "stonith" && primitive.Attribute("id") is not null;

    private static bool IsLeft(XElement resource) => kinds.Contains(resource.Name.LocalName)
        && resource.Elements("meta_attributes").Where(set => !((string?)set.Attribute("id") ?? "").StartsWith(LoadableCib.HoldOf(""), StringComparison.Ordinal))
            .Any(set => Says(set, "target-role", "Stopped") || Says(set, "is-managed", "false"));

    private static bool Says(XElement set, string name, string value) => set.Elements("nvpair").Any(pair =>
        (string?)pair.Attribute("name") == name && string.Equals((string?)pair.Attribute("value"), value, StringComparison.OrdinalIgnoreCase));
}
