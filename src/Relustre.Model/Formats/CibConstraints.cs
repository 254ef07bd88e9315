namespace Relustre.Formats;

/// <summary>
/// The constraints of a CIB by what they are about, since every tool makes up its own ids; but those that a move by hand leaves
/// behind are told by theirs.
/// </summary>
internal static class CibConstraints
{
    private static readonly string[] ByHand = ["cli-ban", "cli-prefer", "cli-standby"];

    private static readonly HashSet<string> about =
        ["id", "rsc", "rsc-pattern", "node", "with-rsc", "first", "then", "ticket"];

    public static IEnumerable<Setting> Of(CibElement constraint)
    {
        var place = Cib.Short(Place(constraint)) + ": ";
        var settings = new List<Setting>(
            from attribute in constraint.Attributes
            where !about.Contains(attribute.Key)
            orderby attribute.Key
            select new Setting(place + attribute.Key, attribute.Value));
        settings.AddRange(constraint.Children.Where(child => child.Name is "rule" or "lifetime").Select(rule => new Setting(place + rule.Name, CibPairs.Rule(rule))));
        return settings is [] ? [new Setting(place + "there", "yes")] : settings;
    }

    private static string Place(CibElement constraint)
    {
        var sets = string.Join(", then ", constraint.Named("resource_set").Select(Set));
        var resource = constraint["rsc"] ?? (constraint["rsc-pattern"] is { } pattern ? $"/{pattern}/" : sets);
        return constraint.Name switch
        {
            "rsc_location" when ByHand.FirstOrDefault(kind => constraint.Id.StartsWith(kind + "-", StringComparison.Ordinal)) is { } kind => $"{kind} {resource} {On(constraint)}",
            "rsc_location" => $"location {resource} {On(constraint)}",
            "rsc_colocation" => sets.Length > 0 ? $"colocation {sets}" : $"colocation {resource} with {constraint["with-rsc"]}",
            "rsc_order" => sets.Length > 0 ? $"order {sets}" : $"order {constraint["first"]} then {constraint["then"]}",
            "rsc_ticket" => $"ticket {constraint["ticket"]} for {resource}",
            _ => $"{constraint.Name} {constraint.Id}",
        };
    }

    private static string On(CibElement constraint) => constraint["node"] is { } node ? $"on {node}" : "by rule";

    // The order within a set counts unless the set says that it does not.
    private static string Set(CibElement set)
    {
        var members = set.Named("resource_ref").Select(member => member.Id);
        var how = string.Join(' ', from attribute in set.Attributes where attribute.Key != "id" orderby attribute.Key select $"{attribute.Key}={attribute.Value}");
        var names = string.Join(' ', set["sequential"] == "false" ? members.Order(StringComparer.Ordinal) : members);
        return how.Length == 0 ? $"({names})" : $"({names} {how})";
    }
}
