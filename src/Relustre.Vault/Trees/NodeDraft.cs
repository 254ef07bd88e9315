using System.Text;
using Relustre.Vault.Json;

namespace Relustre.Vault.Trees;

/// <summary>A node as it was written, before we know whether it can be believed.</summary>
internal sealed class NodeDraft
{
    private byte[]? name;

    public byte[] QuotedName { get; set; } = [];

    public string Type { get; set; } = "";

    public uint Mode { get; set; }

    public NodeTime Modified { get; set; } = GoTime.Zero;

    public NodeTime? AccessTime { get; set; }

    public NodeTime ChangeTime { get; set; } = GoTime.Zero;

    public uint UserId { get; set; }

    public uint GroupId { get; set; }

    public string User { get; set; } = "";

    public string Group { get; set; } = "";

    public ulong Inode { get; set; }

    public ulong DeviceId { get; set; }

    public ulong Size { get; set; }

    public ulong Links { get; set; }

    public byte[]? LinkTarget { get; set; }

    public IReadOnlyList<NodeAttribute> Attributes { get; set; } = [];

    public ulong Device { get; set; }

    public List<BlobId>? Content { get; set; }

    public BlobId? Subtree { get; set; }

    /// <summary>Why it cannot be restored; null when it can.</summary>
    public string? Problem()
    {
        name = GoQuote.Unquote(QuotedName);
        if (name is null || !NodeName.IsValid(name))
            return $"'{Shown}' is no file's name";
        if (KnownType is not { } type)
            return $"'{Shown}' is of the unknown type '{Type}'";
        return type switch
        {
            NodeType.File when Content is null => $"file '{Shown}' has no content list",
            NodeType.Directory when Subtree is null => $"folder '{Shown}' has no listing",
            _ => null,
        };
    }

    public TreeNode ToNode() => new()
    {
        Name = name,
        Type = KnownType ?? NodeType.File,
        UnixMode = GoMode.ToUnix(Mode),
        Modified = Modified,
        AccessTime = AccessTime == Modified ? null : AccessTime,
        ChangeTime = ChangeTime == GoTime.Zero ? null : ChangeTime,
        UserId = UserId,
        GroupId = GroupId,
        User = User,
        Group = Group,
        Inode = Inode,
        DeviceId = DeviceId,
        Size = Size,
        Links = Links,
        LinkTarget = KnownType == NodeType.Symlink ? LinkTarget ?? [] : LinkTarget,
        Attributes = Attributes,
        Device = Device,
        Content = Content ?? [],
        // Whoever follows a listing below a link leaves the folder that is restored into.
        Subtree = KnownType == NodeType.Directory ? Subtree : null,
    };

    private NodeType? KnownType => Type switch
    {
        "file" => NodeType.File,
        "dir" => NodeType.Directory,
        "symlink" => NodeType.Symlink,
        "dev" => NodeType.BlockDevice,
        "chardev" => NodeType.CharacterDevice,
        "fifo" => NodeType.Fifo,
        "socket" => NodeType.Socket,
        _ => null,
    };

    private string Shown => Encoding.UTF8.GetString(QuotedName);
}
