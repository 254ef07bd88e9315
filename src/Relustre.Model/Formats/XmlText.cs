namespace Relustre.Formats;

/// <summary>
/// XML of which nothing is known but its grammar (firewalld's zones, cman's cluster.conf): elements by what names them, so that
/// their order says nothing.
/// </summary>
internal sealed class XmlText : Format
{
    private const int MaxKey = 300;

    private static readonly string[] identities = ["name", "id", "port", "protocol", "address", "family"];

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var (root, isWhole) = CibElement.Parse(text);
        var settings = new List<Setting>();
        if (root is not null)
            Tell(root.Name, root, settings);
        if (!isWhole)
            settings.Add(JsonText.Unreadable(text));
        return settings;
    }

    private static void Tell(string key, CibElement element, List<Setting> settings)
    {
        foreach (var attribute in element.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
            settings.Add(new($"{key}.{attribute.Key}", attribute.Value) { IsSecret = SecretName.IsIn(attribute.Key) });
        if (element.Text.Length > 0)
            settings.Add(new(key, element.Text) { IsSecret = SecretName.IsIn(element.Name) });
        foreach (var child in element.Children)
        {
            var path = $"{key}.{Label(child)}";
            if (path.Length > MaxKey)
                path = path[..MaxKey];
            // What has nothing but its name is a member of a list: "<masquerade/>", "<port port=… protocol=…/>".
            if (child is { Children: [], Text: "" })
                settings.Add(Leaf(path, child));
            else
                Tell(path, child, settings);
        }
    }

    private static Setting Leaf(string path, CibElement element) =>
        new(path, string.Join(' ', from attribute in element.Attributes orderby attribute.Key where !IsIdentity(element, attribute.Key) select $"{attribute.Key}={attribute.Value}").OrNull ?? "there")
        {
            IsSecret = element.Attributes.Any(attribute => SecretName.IsIn(attribute.Key)),
        };

    private static string Label(CibElement element)
    {
        var names = identities.Where(identity => IsIdentity(element, identity)).Select(identity => element[identity]).ToList();
        return names.Count == 0 ? element.Name : $"{element.Name}({string.Join(' ', names)})";
    }

    // A port is named by its number and its protocol, a fence device by its name alone.
    private static bool IsIdentity(CibElement element, string attribute) => element[attribute] is not null
        && (element["name"] is not null ? attribute == "name" : element["id"] is not null ? attribute == "id" : identities.Contains(attribute));
}
