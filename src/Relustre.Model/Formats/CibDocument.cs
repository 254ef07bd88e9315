using System.Xml;
using System.Xml.Linq;

namespace Relustre.Formats;

/// <summary>A CIB as a document that can be changed.</summary>
internal static class CibDocument
{
    /// <exception cref="XmlException">It is none, or wants something fetched.</exception>
    public static XDocument Of(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text.TrimStart()), CibElement.Settings);
        return XDocument.Load(reader);
    }

    /// <summary>The elements of one section of the configuration.</summary>
    public static IEnumerable<XElement> Section(this XDocument cib, string name) =>
        cib.Root?.Element("configuration")?.Elements(name).Elements() ?? [];
}
