using System.Text;
using System.Text.Json;
using Relustre.Vault.Json;

namespace Relustre.Vault.Trees;

/// <summary>Reads a listing that anybody with the key may have written, and says what a restore must not follow.</summary>
internal static class TreeDecoder
{
    /// <exception cref="VaultDamagedException">It is no listing, or a node in it is not one that can be restored.</exception>
    public static Tree Decode(ReadOnlySpan<byte> json, string what)
    {
        var problems = new List<string>();
        var tree = Decode(json, what, problems);
        return problems is [var first, ..] ? throw new VaultDamagedException(what, first) : tree;
    }

    /// <summary>Keeps going: nodes that cannot be restored are left out and told.</summary>
    public static Tree Decode(ReadOnlySpan<byte> json, string what, List<string> problems) =>
        JsonInput.Decode(json, what, (ref Utf8JsonReader reader) => ReadTree(ref reader, problems));

    private static Tree ReadTree(ref Utf8JsonReader reader, List<string> problems)
    {
        var nodes = new List<TreeNode>();
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var field))
        {
            if (field != "nodes" || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            JsonInput.Expect(ref reader, JsonTokenType.StartArray);
            while (JsonInput.NextItem(ref reader))
            {
                var draft = ReadNode(ref reader);
                if (draft.Problem() is { } problem)
                    problems.Add(problem);
                else
                    nodes.Add(draft.ToNode());
            }
        }

        return new Tree(nodes);
    }

    private static NodeDraft ReadNode(ref Utf8JsonReader reader)
    {
        var node = new NodeDraft();
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var field))
        {
            switch (field)
            {
                case "name": node.QuotedName = JsonInput.Bytes(ref reader); break;
                case "type": node.Type = JsonInput.Text(ref reader); break;
                case "mode": node.Mode = JsonInput.Number32(ref reader); break;
                case "mtime": node.Modified = GoTime.Read(ref reader); break;
                case "atime": node.AccessTime = GoTime.Read(ref reader); break;
                case "ctime": node.ChangeTime = GoTime.Read(ref reader); break;
                case "uid": node.UserId = JsonInput.Number32(ref reader); break;
                case "gid": node.GroupId = JsonInput.Number32(ref reader); break;
                case "user": node.User = JsonInput.Text(ref reader); break;
                case "group": node.Group = JsonInput.Text(ref reader); break;
                case "inode": node.Inode = JsonInput.Number(ref reader); break;
                case "device_id": node.DeviceId = JsonInput.Number(ref reader); break;
                case "size": node.Size = JsonInput.Number(ref reader); break;
                case "links": node.Links = JsonInput.Number(ref reader); break;
                case "linktarget": node.LinkTarget ??= Encoding.UTF8.GetBytes(JsonInput.Text(ref reader)); break;
                case "linktarget_raw": node.LinkTarget = JsonInput.Base64(ref reader); break;
                case "extended_attributes": node.Attributes = ReadAttributes(ref reader); break;
                case "device": node.Device = JsonInput.Number(ref reader); break;
                case "content": node.Content = ReadContent(ref reader); break;
                case "subtree": node.Subtree = ReadSubtree(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return node;
    }

    private static List<NodeAttribute> ReadAttributes(ref Utf8JsonReader reader)
    {
        var attributes = new List<NodeAttribute>();
        if (reader.TokenType == JsonTokenType.Null)
            return attributes;
        JsonInput.Expect(ref reader, JsonTokenType.StartArray);
        while (JsonInput.NextItem(ref reader))
            attributes.Add(ReadAttribute(ref reader));
        return attributes;
    }

    private static NodeAttribute ReadAttribute(ref Utf8JsonReader reader)
    {
        var (name, value) = ("", Array.Empty<byte>());
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var field))
        {
            switch (field)
            {
                case "name": name = JsonInput.Text(ref reader); break;
                case "value": value = JsonInput.Base64(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new NodeAttribute(name, value);
    }

    private static List<BlobId>? ReadContent(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        var content = new List<BlobId>();
        JsonInput.Expect(ref reader, JsonTokenType.StartArray);
        while (JsonInput.NextItem(ref reader))
            content.Add(JsonInput.Id(ref reader));
        return content;
    }

    private static BlobId? ReadSubtree(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : JsonInput.Id(ref reader);
}
