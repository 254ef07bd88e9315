using System.Text;
using System.Text.Json;

namespace Relustre.Vault.Json;

/// <summary>Reads JSON that a stranger may have written: what does not fit ends in a <see cref="JsonException"/>.</summary>
internal static class JsonInput
{
    /// <summary>Runs a decoder; whatever is wrong with the bytes becomes one exception that names the file.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> json, string what, Decoder<T> decode)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var value = decode(ref reader);
            return reader.Read() ? throw new JsonException("more follows after the end") : value;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new VaultDamagedException(what, $"it is not what this format allows ({broken.Message})", broken);
        }
    }

    public delegate T Decoder<T>(ref Utf8JsonReader reader);

    /// <summary>
    /// Moves to the next property of an object and then to its value; false at the object's end.
    /// The name of a property that is none of ours is empty.
    /// </summary>
    public static bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        Advance(ref reader);
        name = "";
        if (reader.TokenType == JsonTokenType.EndObject)
            return false;
        name = FieldNames.Known(reader.ValueSpan);
        Advance(ref reader);
        return true;
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
            throw new JsonException($"expected {type}, found {reader.TokenType} at byte {reader.TokenStartIndex}");
    }

    /// <summary>Moves to the next item of an array; false at its end. Call it after the array's start.</summary>
    public static bool NextItem(ref Utf8JsonReader reader)
    {
        Advance(ref reader);
        return reader.TokenType != JsonTokenType.EndArray;
    }

    public static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return "";
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString() ?? "";
    }

    /// <summary>A string's bytes with JSON's own escapes undone.</summary>
    public static byte[] Bytes(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan.ToArray();
        var buffer = new byte[reader.ValueSpan.Length];
        return buffer[..reader.CopyString(buffer)];
    }

    public static BlobId Id(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return BlobId.TryParse(reader.ValueSpan, out var id)
            ? id
            : throw new JsonException($"'{Printable(reader.ValueSpan)}' is no id");
    }

    public static byte[] Base64(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return [];
        Expect(ref reader, JsonTokenType.String);
        return reader.GetBytesFromBase64();
    }

    public static ulong Number(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.TryGetUInt64(out var number) ? number : throw new JsonException("a number out of range");
    }

    public static uint Number32(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.TryGetUInt32(out var number) ? number : throw new JsonException("a number out of range");
    }

    public static IReadOnlyList<string> Texts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return [];
        Expect(ref reader, JsonTokenType.StartArray);
        var texts = new List<string>();
        while (NextItem(ref reader))
            texts.Add(Text(ref reader));
        return texts;
    }

    private static void Advance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("it ends too early");
    }

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, 80)]);
}
