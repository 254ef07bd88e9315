namespace Relustre.Formats;

/// <summary>
/// What a CIB tells the cluster to do, object by object: <c>resource NAME: parameter target</c>. Ids that tools make up, the order of
/// elements where Pacemaker gives it no meaning, and what it counts and notes for itself say nothing. Passwords are secret.
/// </summary>
internal sealed class Cib : Format
{
    private static readonly HashSet<string> noise =
    [
        "epoch", "num_updates", "admin_epoch", "cib-last-written", "update-origin", "update-client", "update-user", "have-quorum", "dc-uuid",
        "execution-date", "no-quorum-panic", "last-lrm-refresh", "dc-version", "crm_feature_set", "validate-with", "id",
    ];

    // It tells by the agent, and names of resources are people's own.
    internal override bool IsSecret(string name, string value) => false;

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var (root, isWhole) = CibElement.Parse(text);
        return Of(root, isWhole, text);
    }

    /// <summary>The same of a text that is parsed already.</summary>
    public static IReadOnlyList<Setting> Of(CibElement? root, bool isWhole, string text)
    {
        List<Setting> settings = root is null ? [] : [.. Root(root)];
        if (!isWhole)
            settings.Add(JsonText.Unreadable(text));
        return settings;
    }

    private static IEnumerable<Setting> Root(CibElement root)
    {
        var references = new CibReferences(root);
        var known = root.Named("configuration").SelectMany(configuration => configuration.Children).ToLookup(section => section.Name);
        return
        [
            .. root["validate-with"] is { } schema ? [new Setting("schema: validate-with", schema)] : Array.Empty<Setting>(),
            .. from attribute in root.Attributes where !noise.Contains(attribute.Key) orderby attribute.Key select new Setting($"document: {attribute.Key}", attribute.Value),
            .. known["crm_config"].SelectMany(section => CibPairs.Of("property: ", section, references)),
            .. known["rsc_defaults"].SelectMany(section => CibPairs.Of("resource-default: ", section, references)),
            .. known["op_defaults"].SelectMany(section => CibPairs.Of("operation-default: ", section, references)),
            .. known["nodes"].SelectMany(section => section.Named("node")).SelectMany(node => Node(node, references)),
            .. known["resources"].SelectMany(section => CibResources.In(section, references)),
            .. known["constraints"].SelectMany(section => section.Children).SelectMany(CibConstraints.Of),
            .. known["fencing-topology"].SelectMany(section => section.Children).Select(Level),
            .. known["tags"].SelectMany(section => section.Named("tag")).Select(tag => new Setting($"tag {Short(tag.Id)}: members", Sorted(tag.Named("obj_ref")))),
            .. from section in (IEnumerable<CibElement>)[.. known["acls"], .. known["alerts"]]
               from element in section.Children
               from setting in CibPairs.Whole($"{element.Name} {Short(element.Id)}: ", element, references)
               select setting,
        ];
    }

    private static IEnumerable<Setting> Node(CibElement node, CibReferences references)
    {
        var about = $"node {Short(node["uname"] ?? node.Id)}: ";
        return
        [
            new(about + "id", node.Id),
            .. node["type"] is { } type and not ("normal" or "member") ? [new Setting(about + "type", type)] : Array.Empty<Setting>(),
            .. CibPairs.Of(about, node, references, isFencing: true),
        ];
    }

    // Devices of one level are asked in their order.
    private static Setting Level(CibElement level)
    {
        var target = level["target"] ?? level["target-pattern"] ?? $"{level["target-attribute"]}={level["target-value"]}";
        return new($"fencing of {Short(target)}: level {level["index"]}", level["devices"] ?? "");
    }

    private static string Sorted(IEnumerable<CibElement> members) => string.Join(' ', members.Select(member => member.Id).Order(StringComparer.Ordinal));

    /// <summary>A name as a part of a key.</summary>
    internal static string Short(string name) => name.Length > 200 ? name[..200] : name;

    /// <summary>Whether a pair of this name, or an attribute, is Pacemaker's own note.</summary>
    internal static bool IsNoise(string name) => noise.Contains(name);
}
