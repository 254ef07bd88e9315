using System.Text.Json;

namespace Relustre.Cli.Views;

/// <summary>A snapshot's facts by component and path, where "not there" is normal at every step.</summary>
internal sealed class FactSheet(IEnumerable<ComponentFacts> facts)
{
    private readonly Dictionary<string, JsonElement> byComponent = facts
        .Select(one => JsonSerializer.SerializeToElement(one, FactsJson.Default.ComponentFacts))
        .ToDictionary(element => element.GetProperty("component").GetString() ?? "");

    public string? Text(string component, string name) =>
        byComponent.TryGetValue(component, out var element) ? TextOf(element, name) : null;

    public IReadOnlyList<JsonElement> List(string component, string name) =>
        byComponent.TryGetValue(component, out var element) && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];

    /// <summary>A plain value; null: not there, or not plain.</summary>
    public static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The plain values of a list, joined.</summary>
    public static string? ListOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() > 0 ? string.Join(", ", list.EnumerateArray().Select(item => item.ToString())) : null;
}
