using System.Xml;
using System.Xml.Linq;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>
/// What a changed CIB makes the cluster do: the questions for Pacemaker's own simulator, and what its answers say. Pure: who asks
/// runs the program.
/// </summary>
public static class ClusterReaction
{
    private const int MaxTold = 8;

    /// <summary>
    /// The state in which the wanted CIB was taken, once with its own configuration and once with the found one; null: there is no
    /// CIB of a running cluster on both sides, so nobody can tell what ran where.
    /// </summary>
    public static (string Before, string After)? Questions(ComponentState wanted, ComponentState found)
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
            return (before.ToString(SaveOptions.DisableFormatting), told.ToString(SaveOptions.DisableFormatting));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>What the second answer has that the first has not, in one sentence.</summary>
    public static string Told(string before, string after)
    {
        var already = Actions(before).ToHashSet();
        var actions = Actions(after).Where(action => !already.Contains(action)).ToList();
        return actions.Count == 0
            ? "the cluster would do nothing about it just now"
            : $"the cluster would: {string.Join("; ", actions.Take(MaxTold))}{(actions.Count > MaxTold ? $"; and {actions.Count - MaxTold} more" : "")}";
    }

    // "  * Move       MGS     ( mds1 -> mds2 )" below "Transition Summary:", which EL6 writes without the asterisk.
    private static IEnumerable<string> Actions(string answer) =>
        from line in answer.Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => line != "Transition Summary:").Skip(1).TakeWhile(line => line.Length > 0 && char.IsWhiteSpace(line[0]))
        let words = line.TrimStart(' ', '*').Words
        where words.Length > 1 && words[0] != "Leave"
        select string.Join(' ', words).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);
}
