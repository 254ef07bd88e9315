using System.Text.Json;
using Relustre.Vault.Json;
using Relustre.Vault.Packs;

namespace Relustre.Vault.Index;

/// <summary>The text of an index file: which packs there are and what lies in them.</summary>
internal static class IndexCodec
{
    public static byte[] Encode(IEnumerable<Pack> packs)
    {
        var json = new GoJson().Raw("{\"packs\":["u8);
        var first = true;
        foreach (var pack in packs)
        {
            json.Raw(first ? "{\"id\":"u8 : ",{\"id\":"u8).Id(pack.Id).Raw(",\"blobs\":["u8);
            for (var at = 0; at < pack.Blobs.Count; at++)
                Write(json.Raw(at == 0 ? ""u8 : ","u8), pack.Blobs[at]);
            json.Raw("]}"u8);
            first = false;
        }

        return json.Raw("]}"u8).Written.ToArray();
    }

    public static List<Pack> Decode(ReadOnlySpan<byte> json, string what) => JsonInput.Decode(json, what, Read);

    private static void Write(GoJson json, PackedBlob blob)
    {
        json.Raw("{\"id\":"u8).Id(blob.Id)
            .Raw(blob.Kind == BlobKind.Tree ? ",\"type\":\"tree\",\"offset\":"u8 : ",\"type\":\"data\",\"offset\":"u8).Number(blob.Offset)
            .Raw(",\"length\":"u8).Number(blob.Length);
        if (blob.PlainLength != 0)
            json.Raw(",\"uncompressed_length\":"u8).Number(blob.PlainLength);
        json.Raw("}"u8);
    }

    private static List<Pack> Read(ref Utf8JsonReader reader)
    {
        var packs = new List<Pack>();
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var name))
        {
            if (name != "packs" || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            JsonInput.Expect(ref reader, JsonTokenType.StartArray);
            while (JsonInput.NextItem(ref reader))
                packs.Add(ReadPack(ref reader));
        }

        return packs;
    }

    private static Pack ReadPack(ref Utf8JsonReader reader)
    {
        BlobId? id = null;
        var blobs = new List<PackedBlob>();
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "id": id = JsonInput.Id(ref reader); break;
                case "blobs": ReadBlobs(ref reader, blobs); break;
                default: reader.Skip(); break;
            }
        }

        return new Pack(id ?? throw new JsonException("a pack without an id"), blobs);
    }

    private static void ReadBlobs(ref Utf8JsonReader reader, List<PackedBlob> blobs)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        JsonInput.Expect(ref reader, JsonTokenType.StartArray);
        while (JsonInput.NextItem(ref reader))
            blobs.Add(ReadBlob(ref reader));
    }

    private static PackedBlob ReadBlob(ref Utf8JsonReader reader)
    {
        BlobId? id = null;
        BlobKind? kind = null;
        uint offset = 0, length = 0, plainLength = 0;
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "id": id = JsonInput.Id(ref reader); break;
                case "type": kind = ReadKind(ref reader); break;
                case "offset": offset = JsonInput.Number32(ref reader); break;
                case "length": length = JsonInput.Number32(ref reader); break;
                case "uncompressed_length": plainLength = JsonInput.Number32(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return id is { } named && kind is { } known && length >= Sealing.Sealer.Overhead
            ? new PackedBlob(known, named, offset, length, plainLength)
            : throw new JsonException("an incomplete blob");
    }

    private static BlobKind ReadKind(ref Utf8JsonReader reader)
    {
        JsonInput.Expect(ref reader, JsonTokenType.String);
        return reader.ValueTextEquals("data"u8) ? BlobKind.Data
            : reader.ValueTextEquals("tree"u8) ? BlobKind.Tree
            : throw new JsonException("a blob of an unknown type");
    }
}
