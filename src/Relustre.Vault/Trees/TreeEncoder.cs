using System.Text;
using System.Text.Unicode;
using Relustre.Vault.Json;

namespace Relustre.Vault.Trees;

/// <summary>Writes a listing byte for byte as restic would, since its address is the hash of these bytes.</summary>
internal static class TreeEncoder
{
    public static byte[] Encode(Tree tree)
    {
        TreeNode[] nodes = [.. tree.Nodes];
        Array.Sort(nodes, (left, right) => left.Name.Span.SequenceCompareTo(right.Name.Span));
        Validate(nodes);
        var json = new GoJson().Raw("{\"nodes\":["u8);
        for (var at = 0; at < nodes.Length; at++)
            Write(json.Raw(at == 0 ? ""u8 : ","u8), nodes[at]);
        return json.Raw("]}\n"u8).Written.ToArray();
    }

    public static string TypeName(NodeType type) => type switch
    {
        NodeType.Directory => "dir",
        NodeType.Symlink => "symlink",
        NodeType.BlockDevice => "dev",
        NodeType.CharacterDevice => "chardev",
        NodeType.Fifo => "fifo",
        NodeType.Socket => "socket",
        _ => "file",
    };

    private static void Validate(TreeNode[] sorted)
    {
        for (var at = 0; at < sorted.Length; at++)
        {
            var name = sorted[at].Name.Span;
            if (!NodeName.IsValid(name))
                throw new ArgumentException($"'{Encoding.UTF8.GetString(name)}' is no file's name");
            if (at > 0 && name.SequenceEqual(sorted[at - 1].Name.Span))
                throw new ArgumentException($"'{Encoding.UTF8.GetString(name)}' is there twice");
            if (sorted[at] is { Type: NodeType.Directory, Subtree: null } or { Type: NodeType.Symlink, LinkTarget: null })
                throw new ArgumentException($"'{Encoding.UTF8.GetString(name)}' lacks its listing or target");
        }
    }

    private static void Write(GoJson json, TreeNode node)
    {
        json.Raw("{\"name\":"u8).Text(GoQuote.Quote(node.Name.Span)).Raw(",\"type\":"u8).Text(TypeName(node.Type));
        Optional(json, ",\"mode\":"u8, GoMode.From(node.Type, node.UnixMode));
        GoTime.Write(json.Raw(",\"mtime\":"u8), node.Modified);
        GoTime.Write(json.Raw(",\"atime\":"u8), node.AccessTime ?? node.Modified);
        GoTime.Write(json.Raw(",\"ctime\":"u8), node.ChangeTime ?? GoTime.Zero);
        json.Raw(",\"uid\":"u8).Number(node.UserId).Raw(",\"gid\":"u8).Number(node.GroupId);
        Optional(json, ",\"user\":"u8, node.User);
        Optional(json, ",\"group\":"u8, node.Group);
        Optional(json, ",\"inode\":"u8, node.Inode);
        Optional(json, ",\"device_id\":"u8, node.DeviceId);
        Optional(json, ",\"size\":"u8, node.Size);
        Optional(json, ",\"links\":"u8, node.Links);
        if (node.LinkTarget is { } target)
            WriteTarget(json, target.Span);
        WriteAttributes(json, node.Attributes);
        Optional(json, ",\"device\":"u8, node.Device);
        WriteContent(json.Raw(",\"content\":"u8), node);
        if (node.Subtree is { } subtree)
            json.Raw(",\"subtree\":"u8).Id(subtree);
        json.Raw("}"u8);
    }

    private static void Optional(GoJson json, ReadOnlySpan<byte> name, ulong number)
    {
        if (number != 0)
            json.Raw(name).Number(number);
    }

    private static void Optional(GoJson json, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length != 0)
            json.Raw(name).Text(text);
    }

    // JSON cannot hold a target that is no UTF-8: restic from 0.16 on reads the raw one beside it.
    private static void WriteTarget(GoJson json, ReadOnlySpan<byte> target)
    {
        if (!target.IsEmpty)
            json.Raw(",\"linktarget\":"u8).Text(target);
        if (!Utf8.IsValid(target))
            json.Raw(",\"linktarget_raw\":"u8).Base64(target);
    }

    private static void WriteAttributes(GoJson json, IReadOnlyList<NodeAttribute> attributes)
    {
        if (attributes.Count == 0)
            return;
        json.Raw(",\"extended_attributes\":["u8);
        for (var at = 0; at < attributes.Count; at++)
        {
            json.Raw(at == 0 ? "{\"name\":"u8 : ",{\"name\":"u8).Text(attributes[at].Name)
                .Raw(",\"value\":"u8).Base64(attributes[at].Value.Span).Raw("}"u8);
        }

        json.Raw("]"u8);
    }

    private static void WriteContent(GoJson json, TreeNode node)
    {
        if (node.Type != NodeType.File)
        {
            json.Raw("null"u8);
            return;
        }

        json.Raw("["u8);
        for (var at = 0; at < node.Content.Count; at++)
            json.Raw(at == 0 ? ""u8 : ","u8).Id(node.Content[at]);
        json.Raw("]"u8);
    }
}
