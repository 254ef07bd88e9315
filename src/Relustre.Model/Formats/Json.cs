using System.Text.Json;

namespace Relustre.Formats;

/// <summary>A JSON text: one setting a value, named by its way from the top.</summary>
internal sealed class Json : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        using var document = JsonText.Parse(text);
        return document is null ? [JsonText.Unreadable(text)] : Walk(document.RootElement);
    }

    private static List<Setting> Walk(JsonElement root)
    {
        var settings = new List<Setting>();
        Tell("", root, settings);
        return settings;
    }

    private static void Tell(string key, JsonElement element, List<Setting> settings)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
                Tell(key.Length == 0 ? Name(member) : $"{key}.{Name(member)}", member.Value, settings);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (at, item) in element.EnumerateArray().Index())
                Tell($"{key}[{at}]", item, settings);
        }
        else
            settings.Add(new(key, JsonText.Scalar(element) ?? "null") { IsSecret = SecretName.IsIn(key) });
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name is { Length: > 200 } name ? name[..200] : member.Name;
        }
        catch (InvalidOperationException)
        {
            return "(unreadable)";
        }
    }
}
