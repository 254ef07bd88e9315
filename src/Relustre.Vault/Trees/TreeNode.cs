namespace Relustre.Vault;

/// <summary>One entry of a folder's listing: everything about a file but its content, which are blobs.</summary>
/// <remarks>Equality is by reference for names and lists; compare encoded trees to compare trees.</remarks>
public sealed record TreeNode
{
    /// <summary>Raw bytes, which need not be UTF-8.</summary>
    public required ReadOnlyMemory<byte> Name { get; init; }

    public required NodeType Type { get; init; }

    /// <summary>Permissions with setuid, setgid and sticky: 0 to 07777.</summary>
    public int UnixMode { get; init; }

    public NodeTime Modified { get; init; }

    /// <summary>Null is the same as <see cref="Modified"/>, so that reading a file makes no new tree.</summary>
    public NodeTime? AccessTime { get; init; }

    public NodeTime? ChangeTime { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    /// <summary>The owner's name on that server; empty where it has none.</summary>
    public string User { get; init; } = "";

    public string Group { get; init; } = "";

    /// <summary>With <see cref="DeviceId"/>, what tells hard links apart; 0 is left out.</summary>
    public ulong Inode { get; init; }

    public ulong DeviceId { get; init; }

    /// <summary>Bytes of a file's content.</summary>
    public ulong Size { get; init; }

    /// <summary>Names that the file has; 0 is left out.</summary>
    public ulong Links { get; init; }

    /// <summary>Raw bytes; null for all but symlinks.</summary>
    public ReadOnlyMemory<byte>? LinkTarget { get; init; }

    /// <summary>The number of a device node, see <see cref="DeviceNumber"/>.</summary>
    public ulong Device { get; init; }

    public IReadOnlyList<NodeAttribute> Attributes { get; init; } = [];

    /// <summary>A file's content, piece after piece.</summary>
    public IReadOnlyList<BlobId> Content { get; init; } = [];

    /// <summary>A folder's listing.</summary>
    public BlobId? Subtree { get; init; }
}
