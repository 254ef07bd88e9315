using System.Xml;
using System.Xml.Linq;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>
/// What a changed CIB makes the cluster do: the two questions for Pacemaker's own simulator, and what its answers say. Pure: who asks
/// runs the program.
/// </summary>
/// <param name="Before">The state in which the wanted CIB was taken, with its own configuration.</param>
/// <param name="After">The same state with the found configuration.</param>
public sealed record ClusterChange(string Before, string After)
{
    private const int MaxTold = 8;
    private const string Hidden = "hidden";

    /// <summary>Resources that the simulator takes for changed in the first question, since a parameter of theirs is hidden there.</summary>
    private HashSet<string> Disguised { get; init; } = [];

    /// <summary>Null: there is no CIB of a running cluster on both sides, so nobody can tell what ran where.</summary>
    public static ClusterChange? Between(ComponentState wanted, ComponentState found)
    {
        if (CibReading.Newest(wanted) is not { IsLive: true, IsWhole: true } was || CibReading.Newest(found) is not { IsWhole: true } now)
            return null;
        try
        {
            var (before, after) = (CibDocument.Of(was.Text), CibDocument.Of(now.Text));
            if (before.Root!.Element("status")?.Element("node_state") is null || before.Root.Element("configuration") is null || after.Root!.Element("configuration") is not { } configuration)
                return null;
            var told = new XDocument(before);
            told.Root!.Element("configuration")!.ReplaceWith(new XElement(configuration));
            // The found configuration may need the schema that it came with.
            told.Root.SetAttributeValue("validate-with", (string?)after.Root.Attribute("validate-with"));
            return new(Text(before), Text(told));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The same for the eyes of the server with the found configuration: it sees no secret that it does not have itself.</summary>
    public ClusterChange ForItsServer()
    {
        var (before, after) = (CibDocument.Of(Before), CibDocument.Of(After));
        var known = Secrets(after.Root!.Element("configuration")!).Select(Value).ToHashSet();
        var lost = Secrets(before.Root!).Where(pair => !known.Contains(Value(pair))).ToList();
        foreach (var pair in lost)
            pair.SetAttributeValue("value", Hidden);
        // Both have the state of then.
        foreach (var pair in Secrets(after.Root.Element("status")!).Where(pair => !known.Contains(Value(pair))))
            pair.SetAttributeValue("value", Hidden);
        return new(Text(before), Text(after)) { Disguised = lost.SelectMany(Resources).ToHashSet() };
    }

    /// <summary>What the second answer has that the first has not, in one sentence.</summary>
    public string Told(string before, string after)
    {
        var already = Actions(before).Where(action => !Disguised.Overlaps(action.Split(' '))).ToHashSet();
        var actions = Actions(after).Where(action => !already.Contains(action)).ToList();
        return actions.Count == 0
            ? "the cluster would do nothing about it just now"
            : $"the cluster would: {string.Join("; ", actions.Take(MaxTold))}{(actions.Count > MaxTold ? $"; and {actions.Count - MaxTold} more" : "")}";
    }

    private static string Text(XDocument cib) => cib.ToString(SaveOptions.DisableFormatting);

    private static string Value(XElement pair) => (string?)pair.Attribute("value") ?? "";

    private static IEnumerable<XElement> Secrets(XElement part) =>
        from pair in part.Descendants("nvpair")
        where pair.Attribute("value") is not null
        let isFencing = pair.Parent!.Name == "instance_attributes" && pair.Ancestors().Any(above => above.Name == "node" || (string?)above.Attribute("class") == "stonith")
        where !FenceWords.IsPublic(new CibElement("nvpair", pair.Attributes().ToDictionary(attribute => attribute.Name.LocalName, attribute => attribute.Value)), isFencing)
        select pair;

    private static IEnumerable<string> Resources(XElement pair) =>
        pair.Ancestors().Where(above => above.Name == "primitive").Select(above => (string?)above.Attribute("id") ?? "");

    // "  * Move       MGS     ( mds1 -> mds2 )" below "Transition Summary:", which EL6 writes without the asterisk.
    private static IEnumerable<string> Actions(string answer) =>
        from line in answer.Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => line != "Transition Summary:").Skip(1).TakeWhile(line => line.Length > 0 && char.IsWhiteSpace(line[0]))
        let words = line.TrimStart(' ', '*').Words
        where words.Length > 1 && words[0] != "Leave"
        select string.Join(' ', words).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);
}
