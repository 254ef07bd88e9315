using System.Text.Json;

namespace Relustre.Formats;

/// <summary>Reads JSON that may be broken, hostile or of another era.</summary>
internal static class JsonText
{
    private const string UnreadableKey = "(unreadable)";

    private static readonly JsonDocumentOptions options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    /// <summary>The document; null: the text is no JSON.</summary>
    public static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, options);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A broken text still differs from another one; it is not shown, since nobody knows what it holds.</summary>
    public static Setting Unreadable(string text) => new(UnreadableKey, text) { IsSecret = true };

    public static bool IsUnreadable(Setting setting) => setting is { Key: UnreadableKey, IsSecret: true };

    /// <summary>A text member of an object; null where there is none.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? Scalar(value)
            : null;

    // A lone surrogate in an escape (\ud800) is valid JSON and no text.
    public static string? Scalar(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Null or JsonValueKind.Undefined => null,
                _ => element.GetRawText(),
            };
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();
        }
    }
}
