using System.Globalization;

namespace Relustre.Formats;

/// <summary>The resources of a CIB: each is told by itself, with the group or clone that it is in.</summary>
internal static class CibResources
{
    private static readonly HashSet<string> sets = ["instance_attributes", "meta_attributes", "utilization", "operations"];

    private static readonly char[] Letters = [.. "abcdefghijklmnopqrstuvwxyz "];

    private static readonly HashSet<string> kinds = ["primitive", "group", "clone", "master", "bundle", "template"];

    public static IEnumerable<Setting> In(CibElement parent, CibReferences references, string? within = null) =>
        from resource in parent.Children
        where kinds.Contains(resource.Name)
        from setting in Of(resource, references, within)
        select setting;

    private static IEnumerable<Setting> Of(CibElement resource, CibReferences references, string? within)
    {
        var about = $"{(resource.Name == "template" ? "template" : "resource")} {Cib.Short(resource.Id)}: ";
        return
        [
            new(about + "kind", Kind(resource)),
            .. within is null ? Array.Empty<Setting>() : [new Setting(about + "part of", within)],
            // A group starts its members in their order.
            .. resource.Name == "group" ? [new Setting(about + "members", string.Join(' ', resource.Named("primitive").Select(member => member.Id)))] : Array.Empty<Setting>(),
            .. CibPairs.Of(about, resource, references, isFencing: resource["class"] == "stonith", hasKinds: true),
            .. Operations(about, resource, references),
            .. from child in resource.Children
               where !kinds.Contains(child.Name) && !sets.Contains(child.Name)
               from setting in CibPairs.Whole($"{about}{child.Name} ", child, references)
               select setting,
            .. In(resource, references, resource.Id),
        ];
    }

    private static string Kind(CibElement resource) => resource.Name is "primitive" or "template"
        ? resource["template"] is { } template ? $"as {template}" : string.Join(':', new[] { resource["class"], resource["provider"], resource["type"] }.OfType<string>())
        : resource.Name;

    // Of several monitors the one that comes most often is the first.
    private static IEnumerable<Setting> Operations(string about, CibElement resource, CibReferences references) =>
        from operation in resource.Named("operations").SelectMany(operations => references.Meant(operations).Named("op")).Select(references.Meant)
        let name = $"{operation["name"]}{(operation["role"] is { } role and not "Started" ? $" {role}" : "")}"
        orderby Seconds(operation["interval"])
        group operation by name into same
        from numbered in same.Index()
        select Operation($"{about}operation {Cib.Short(same.Key)}{(numbered.Index == 0 ? "" : $"#{numbered.Index + 1}")}", numbered.Item, references);

    private static Setting Operation(string key, CibElement operation, CibReferences references)
    {
        var pairs = CibPairs.Of("", operation, references, hasKinds: true).ToList();
        var attributes = operation.Attributes.Where(attribute => attribute.Key is not ("id" or "name" or "role"))
            .Select(attribute => $"{attribute.Key}={(attribute.Key is "interval" or "timeout" ? Duration(attribute.Value) : attribute.Value)}");
        return new Setting(key, string.Join(' ', attributes.Concat(pairs.Select(pair => $"{pair.Key}={pair.Value}")).Order(StringComparer.Ordinal)))
        {
            IsSecret = pairs.Any(pair => pair.IsSecret) || operation.Attributes.Any(attribute => SecretName.IsIn(attribute.Key) || SecretName.IsIn(attribute.Value)),
        };
    }

    // "20", "20s" and "20000ms" are the same time.
    private static string Duration(string text) => Seconds(text) is { } seconds and < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s") : text;

    private static double Seconds(string? text)
    {
        var time = text ?? "0";
        var number = time.TrimEnd(Letters);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return double.MaxValue;
        return time[number.Length..].Trim() switch
        {
            "" or "s" or "sec" => value,
            "ms" or "msec" => value / 1000,
            "m" or "min" => value * 60,
            "h" or "hr" => value * 3600,
            _ => double.MaxValue,
        };
    }
}
