using System.Xml;

namespace Relustre.Formats;

/// <summary>One element of a CIB. The status section, which is what the cluster does and not what it shall do, is left out.</summary>
internal sealed record CibElement(string Name, IReadOnlyDictionary<string, string> Attributes)
{
    private const int MaxDepth = 64;

    /// <summary>For text that nobody trusts: no document type, no entity, nothing fetched.</summary>
    internal static XmlReaderSettings Settings { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
    };

    public List<CibElement> Children { get; } = [];

    /// <summary>What stands between its tags, without what stands in its children.</summary>
    public string Text { get; private set; } = "";

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public string Id => this["id"] ?? "";

    /// <summary>The root, and whether the text ends as it should; null: not even its first element could be read.</summary>
    public static (CibElement? Root, bool IsWhole) Parse(string text)
    {
        var open = new Stack<CibElement>();
        CibElement? root = null;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart()), Settings);
            for (var more = reader.Read(); more;)
                more = Take(reader, open, ref root);
            return (root, root is not null);
        }
        catch (XmlException)
        {
            return (root, false);
        }
    }

    public IEnumerable<CibElement> Named(string name) => Children.Where(child => child.Name == name);

    /// <summary>Itself and all below, in the order of the text.</summary>
    public IEnumerable<CibElement> All()
    {
        var left = new Stack<CibElement>([this]);
        while (left.TryPop(out var element))
        {
            yield return element;
            foreach (var child in element.Children.AsEnumerable().Reverse())
                left.Push(child);
        }
    }

    /// <summary>The name-value pairs of its attribute sets called <paramref name="set"/>.</summary>
    public IEnumerable<CibElement> Pairs(string set) => Named(set).SelectMany(child => child.Named("nvpair"));

    private static bool Take(XmlReader reader, Stack<CibElement> open, ref CibElement? root)
    {
        if (reader.NodeType == XmlNodeType.EndElement)
            open.Pop();
        if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && open.TryPeek(out var around) && around.Text.Length == 0)
            around.Text = reader.Value.Trim();
        if (reader.NodeType != XmlNodeType.Element)
            return reader.Read();
        if (open.Count >= MaxDepth || (open.Count == 1 && reader.LocalName == "status"))
        {
            reader.Skip();
            return !reader.EOF;
        }
        Add(reader, open, ref root);
        return reader.Read();
    }

    private static void Add(XmlReader reader, Stack<CibElement> open, ref CibElement? root)
    {
        var isEmpty = reader.IsEmptyElement;
        var element = new CibElement(reader.LocalName, AttributesOf(reader));
        root ??= element;
        if (open.TryPeek(out var parent))
            parent.Children.Add(element);
        if (!isEmpty)
            open.Push(element);
    }

    private static Dictionary<string, string> AttributesOf(XmlReader reader)
    {
        var attributes = new Dictionary<string, string>();
        while (reader.MoveToNextAttribute())
            attributes[reader.Name] = reader.Value;
        return attributes;
    }
}
