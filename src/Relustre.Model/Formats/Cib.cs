namespace Relustre.Formats;

/// <summary>
/// What a CIB tells the cluster to do: by the names of its nodes, resources and properties, without what Pacemaker counts
/// and notes for itself. Passwords of fence devices are secret, all else may be seen.
/// </summary>
internal sealed class Cib : Format
{
    private static readonly HashSet<string> noise =
    [
        "epoch", "num_updates", "admin_epoch", "cib-last-written", "update-origin", "update-client", "update-user",
        "have-quorum", "dc-uuid", "execution-date", "no-quorum-panic", "last-lrm-refresh", "dc-version",
    ];

    // Their ids are machinery: every tool makes up its own.
    private static readonly HashSet<string> wrappers =
        ["configuration", "instance_attributes", "meta_attributes", "utilization", "operations", "cluster_property_set"];

    public override IEnumerable<Setting> Read(string text)
    {
        var (root, isWhole) = CibElement.Parse(text);
        var settings = new List<Setting>();
        if (root is not null)
            Tell("", root, settings);
        if (!isWhole)
            settings.Add(JsonText.Unreadable(text));
        return settings;
    }

    private static void Tell(string key, CibElement element, List<Setting> settings)
    {
        settings.AddRange(Attributes(key, element));
        var seen = new Dictionary<string, int>();
        foreach (var child in element.Children)
        {
            var label = Short(child.Name == "nvpair" ? child["name"] ?? child["id-ref"] ?? "" : Label(child));
            var count = seen[label] = seen.GetValueOrDefault(label) + 1;
            var path = count == 1 ? Join(key, label) : $"{Join(key, label)}#{count}";
            if (child.Name != "nvpair")
                Tell(path, child, settings);
            else if (!noise.Contains(label))
                settings.Add(Shown(path, label, child["value"] ?? ""));
        }
        // A group starts its members in their order.
        if (element.Name == "group")
            settings.Add(new($"{key}.members", string.Join(' ', element.Named("primitive").Select(member => member.Id))));
    }

    private static IEnumerable<Setting> Attributes(string key, CibElement element) =>
        from attribute in element.Attributes
        where attribute.Key is not ("id" or "uname") && !noise.Contains(attribute.Key)
        orderby attribute.Key
        select Shown(Join(key, attribute.Key), attribute.Key, attribute.Value);

    // "op monitor --password=…" happens too: a value that speaks of a secret is one.
    private static Setting Shown(string key, string name, string value) =>
        new(key, value) { IsSecret = SecretName.IsIn(name) || SecretName.IsIn(value) };

    private static string Label(CibElement element) => element switch
    {
        _ when wrappers.Contains(element.Name) => element.Name == "configuration" ? "" : element.Name,
        { Name: "node" } => $"node({element["uname"] ?? element.Id})",
        { Name: "op" } => $"op({element["name"]} {element["interval"]}{(element["role"] is { } role ? " " + role : "")})",
        { Id: "" } => element.Name,
        _ => $"{element.Name}({element.Id})",
    };

    private static string Short(string label) => label.Length > 300 ? label[..300] : label;

    private static string Join(string prefix, string label) =>
        prefix.Length == 0 || label.Length == 0 ? prefix + label : $"{prefix}.{label}";
}
