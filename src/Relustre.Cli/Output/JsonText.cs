using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Relustre.Cli.Output;

/// <summary>Answers for programs: JSON with every control character escaped, so that it is safe to look at too.</summary>
internal static class JsonText
{
    /// <summary>Hand this to a source-generated context's constructor.</summary>
    public static JsonSerializerOptions Options() => new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type);

    /// <summary>The exact bytes of a name that is no UTF-8; null where the text says it all.</summary>
    public static string? Base64(string path) => UnixPath.IsUtf8(path) ? null : Convert.ToBase64String(UnixPath.Encode(path));

    /// <summary>The text of a name: odd bytes as U+FFFD.</summary>
    public static string Text(string path) => UnixPath.IsUtf8(path) ? path : System.Text.Encoding.UTF8.GetString(UnixPath.Encode(path));
}
