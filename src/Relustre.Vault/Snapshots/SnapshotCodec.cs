using System.Text.Json;
using Relustre.Vault.Json;

namespace Relustre.Vault.Snapshots;

/// <summary>The text of a snapshot file.</summary>
internal static class SnapshotCodec
{
    public static byte[] Encode(SnapshotRecord snapshot)
    {
        var json = new GoJson();
        GoTime.Write(json.Raw("{\"time\":"u8), GoTime.From(snapshot.Time));
        if (snapshot.Parent is { } parent)
            json.Raw(",\"parent\":"u8).Id(parent);
        json.Raw(",\"tree\":"u8).Id(snapshot.Tree);
        Texts(json.Raw(",\"paths\":"u8), snapshot.Paths);
        Optional(json, ",\"hostname\":"u8, snapshot.Hostname);
        Optional(json, ",\"username\":"u8, snapshot.Username);
        Optional(json, ",\"uid\":"u8, snapshot.UserId);
        Optional(json, ",\"gid\":"u8, snapshot.GroupId);
        Optional(json, ",\"excludes\":"u8, snapshot.Excludes);
        Optional(json, ",\"tags\":"u8, snapshot.Tags);
        if (snapshot.Original is { } original)
            json.Raw(",\"original\":"u8).Id(original);
        Optional(json, ",\"program_version\":"u8, snapshot.ProgramVersion);
        return json.Raw("}"u8).Written.ToArray();
    }

    public static SnapshotRecord Decode(ReadOnlySpan<byte> json, string what) => JsonInput.Decode(json, what, Read);

    private static SnapshotRecord Read(ref Utf8JsonReader reader)
    {
        var snapshot = new SnapshotRecord { Time = default, Tree = default, Paths = [] };
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var field))
        {
            switch (field)
            {
                case "time": snapshot = snapshot with { Time = GoTime.ToDateTime(GoTime.Read(ref reader)) }; break;
                case "parent": snapshot = snapshot with { Parent = OptionalId(ref reader) }; break;
                case "tree": snapshot = snapshot with { Tree = JsonInput.Id(ref reader) }; break;
                case "paths": snapshot = snapshot with { Paths = JsonInput.Texts(ref reader) }; break;
                case "hostname": snapshot = snapshot with { Hostname = JsonInput.Text(ref reader) }; break;
                case "username": snapshot = snapshot with { Username = JsonInput.Text(ref reader) }; break;
                case "uid": snapshot = snapshot with { UserId = JsonInput.Number32(ref reader) }; break;
                case "gid": snapshot = snapshot with { GroupId = JsonInput.Number32(ref reader) }; break;
                case "excludes": snapshot = snapshot with { Excludes = JsonInput.Texts(ref reader) }; break;
                case "tags": snapshot = snapshot with { Tags = JsonInput.Texts(ref reader) }; break;
                case "original": snapshot = snapshot with { Original = OptionalId(ref reader) }; break;
                case "program_version": snapshot = snapshot with { ProgramVersion = JsonInput.Text(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return snapshot.Tree == default ? throw new JsonException("a snapshot without a tree") : snapshot;
    }

    private static BlobId? OptionalId(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : JsonInput.Id(ref reader);

    private static void Optional(GoJson json, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length != 0)
            json.Raw(name).Text(text);
    }

    private static void Optional(GoJson json, ReadOnlySpan<byte> name, uint number)
    {
        if (number != 0)
            json.Raw(name).Number(number);
    }

    private static void Optional(GoJson json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        if (texts.Count != 0)
            Texts(json.Raw(name), texts);
    }

    private static void Texts(GoJson json, IReadOnlyList<string> texts)
    {
        json.Raw("["u8);
        for (var at = 0; at < texts.Count; at++)
            json.Raw(at == 0 ? ""u8 : ","u8).Text(texts[at]);
        json.Raw("]"u8);
    }
}
