using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Output;

/// <summary>One name as <c>ls -l</c> shows it.</summary>
internal static class LongLine
{
    public static string Of(SnapshotEntry entry)
    {
        var node = entry.Node;
        var owner = node.User.Length > 0 ? node.User : $"{node.UserId}";
        var group = node.Group.Length > 0 ? node.Group : $"{node.GroupId}";
        var target = node is { Type: NodeType.Symlink, LinkTarget: { } bytes } ? $" -> {UnixPath.Decode(bytes.Span)}" : "";
        return $"{Mode(node)} {owner,-8} {group,-8} {Size(node),10} {EntryReply.Iso(node.Modified)[..19]}Z {entry.Path}{target}";
    }

    internal static string Mode(TreeNode node)
    {
        Span<char> text = stackalloc char[10];
        text[0] = TypeOf(node.Type);
        for (var bit = 0; bit < 9; bit++)
            text[bit + 1] = (node.UnixMode & (1 << (8 - bit))) != 0 ? "rwx"[bit % 3] : '-';
        Special(ref text[3], node.UnixMode, 0b100_000_000_000, 's');
        Special(ref text[6], node.UnixMode, 0b010_000_000_000, 's');
        Special(ref text[9], node.UnixMode, 0b001_000_000_000, 't');
        return node.Attributes.Count > 0 ? $"{text}+" : $"{text} ";
    }

    private static void Special(ref char place, int mode, int bit, char letter)
    {
        if ((mode & bit) != 0)
            place = place == 'x' ? letter : char.ToUpperInvariant(letter);
    }

    private static string Size(TreeNode node) => node.Type switch
    {
        NodeType.File => $"{node.Size}",
        NodeType.BlockDevice or NodeType.CharacterDevice => $"{DeviceNumber.Split(node.Device).Major},{DeviceNumber.Split(node.Device).Minor}",
        _ => "-",
    };

    private static char TypeOf(NodeType type) => type switch
    {
        NodeType.Directory => 'd',
        NodeType.Symlink => 'l',
        NodeType.Fifo => 'p',
        NodeType.BlockDevice => 'b',
        NodeType.CharacterDevice => 'c',
        NodeType.Socket => 's',
        _ => '-',
    };
}
