using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>Nodes for what we add to a snapshot: root's alone, and without a time, so that equal content gives equal trees.</summary>
internal static class OwnNode
{
    public static TreeNode Folder(string name) => Named(name) with { Type = NodeType.Directory, UnixMode = 0b111_000_000 };

    public static TreeNode File(string name, IReadOnlyList<BlobId> content, long size) =>
        Named(name) with { Type = NodeType.File, UnixMode = 0b110_000_000, Content = content, Size = (ulong)size, Links = 1 };

    private static TreeNode Named(string name) => new()
    {
        Name = UnixPath.Encode(name),
        Type = NodeType.File,
        UnixMode = 0,
        Modified = default,
        User = "root",
        Group = "root",
    };
}
