using System.Text.Json;

namespace Relustre.Cli.Views;

/// <summary>Facts as indented lines, whatever they are: a list of plain values on one line, everything else below each other.</summary>
internal static class FactLines
{
    public static IEnumerable<string> Of(JsonElement facts) =>
        facts.EnumerateObject().Where(field => field.Name != "component").SelectMany(field => Lines(field.Name, field.Value));

    private static IEnumerable<string> Lines(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [$"{name}:", .. Indented(value.EnumerateObject().SelectMany(field => Lines(field.Name, field.Value)))],
        JsonValueKind.Array when value.GetArrayLength() == 0 => [],
        JsonValueKind.Array when value.EnumerateArray().All(IsPlain) => [$"{name}: {string.Join(", ", value.EnumerateArray().Select(Plain))}"],
        JsonValueKind.Array => [$"{name}:", .. value.EnumerateArray().SelectMany(item => Indented(Item(item)))],
        JsonValueKind.Null => [],
        _ => [$"{name}: {Plain(value)}"],
    };

    // Short objects, such as packages and routes, are rows.
    private static IEnumerable<string> Item(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return Lines("-", item);
        var fields = item.EnumerateObject().ToList();
        return fields.All(field => IsPlain(field.Value))
            ? ["- " + string.Join("  ", fields.Select(field => $"{field.Name}={Plain(field.Value)}"))]
            : ["-", .. Indented(fields.SelectMany(field => Lines(field.Name, field.Value)))];
    }

    private static bool IsPlain(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    };

    private static IEnumerable<string> Indented(IEnumerable<string> lines) => lines.Select(line => "  " + line);
}
