using System.Diagnostics;
using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>Between the model's files and the vault's nodes: the same facts in the words of two rooms.</summary>
internal static class NodeConversion
{
    extension(CapturedFile file)
    {
        /// <summary>
        /// The node without content. Inode and device are kept for hard links alone, so that equal trees of different servers
        /// are one in the vault.
        /// </summary>
        public TreeNode ToNode()
        {
            var isHardLink = file.Kind == FileKind.File && file.Links > 1;
            return new TreeNode
            {
                Name = UnixPath.Encode(file.Path[(file.Path.LastIndexOf('/') + 1)..]),
                Type = TypeOf(file.Kind),
                UnixMode = file.Mode,
                Modified = new NodeTime(file.Modified.Seconds, file.Modified.Nanoseconds),
                UserId = file.UserId,
                GroupId = file.GroupId,
                User = file.User,
                Group = file.Group,
                Links = file.Kind is FileKind.Directory or FileKind.Fifo ? 0 : file.Links,
                Inode = isHardLink ? file.Inode : 0,
                DeviceId = isHardLink ? file.Device : 0,
                // Without the cast a missing target would become an empty one.
                LinkTarget = file.LinkTarget is { } target ? (ReadOnlyMemory<byte>?)UnixPath.Encode(target) : null,
                Device = file.DeviceNumber is { } number ? DeviceNumber.From(number.Major, number.Minor) : 0,
                Attributes = [.. file.Attributes.Select(attribute => new NodeAttribute(attribute.Name, attribute.Value))],
            };
        }
    }

    extension(SnapshotEntry entry)
    {
        /// <summary>The file as it was captured; <paramref name="content"/> is empty for all but files.</summary>
        public CapturedFile ToFile(ReadOnlyMemory<byte> content) => new()
        {
            Path = entry.Path,
            Kind = KindOf(entry.Node.Type),
            Mode = entry.Node.UnixMode,
            UserId = entry.Node.UserId,
            GroupId = entry.Node.GroupId,
            User = entry.Node.User,
            Group = entry.Node.Group,
            Modified = new UnixTime(entry.Node.Modified.Seconds, entry.Node.Modified.Nanoseconds),
            Links = (uint)Math.Max(1, entry.Node.Links),
            Inode = entry.Node.Inode,
            Device = entry.Node.DeviceId,
            LinkTarget = entry.Node.LinkTarget is { } target ? UnixPath.Decode(target.Span) : null,
            DeviceNumber = entry.Node.Type is NodeType.BlockDevice or NodeType.CharacterDevice ? DeviceNumber.Split(entry.Node.Device) : null,
            Attributes = [.. entry.Node.Attributes.Select(attribute => new ExtendedAttribute(attribute.Name, attribute.Value))],
            Content = content,
        };
    }

    private static NodeType TypeOf(FileKind kind) => kind switch
    {
        FileKind.File => NodeType.File,
        FileKind.Directory => NodeType.Directory,
        FileKind.Symlink => NodeType.Symlink,
        FileKind.Fifo => NodeType.Fifo,
        FileKind.BlockDevice => NodeType.BlockDevice,
        FileKind.CharacterDevice => NodeType.CharacterDevice,
        _ => throw new UnreachableException(),
    };

    private static FileKind KindOf(NodeType type) => type switch
    {
        NodeType.File => FileKind.File,
        NodeType.Directory => FileKind.Directory,
        NodeType.Symlink => FileKind.Symlink,
        NodeType.Fifo or NodeType.Socket => FileKind.Fifo,
        NodeType.BlockDevice => FileKind.BlockDevice,
        NodeType.CharacterDevice => FileKind.CharacterDevice,
        _ => throw new UnreachableException(),
    };
}
