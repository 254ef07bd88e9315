namespace Relustre.Vault.Trees;

/// <summary>Go's own numbering of file modes, which differs from the kernel's.</summary>
internal static class GoMode
{
    private const uint Device = 1u << 26;
    private const uint SetUid = 1u << 23;
    private const uint SetGid = 1u << 22;
    private const uint CharacterDevice = 1u << 21;
    private const uint Sticky = 1u << 20;

    public static uint From(NodeType type, int unixMode)
    {
        var mode = (uint)unixMode & 0x1ff;
        if ((unixMode & 0x800) != 0)
            mode |= SetUid;
        if ((unixMode & 0x400) != 0)
            mode |= SetGid;
        if ((unixMode & 0x200) != 0)
            mode |= Sticky;
        return mode | TypeBits(type);
    }

    public static int ToUnix(uint mode) => (int)(mode & 0x1ff)
        | ((mode & SetUid) != 0 ? 0x800 : 0)
        | ((mode & SetGid) != 0 ? 0x400 : 0)
        | ((mode & Sticky) != 0 ? 0x200 : 0);

    private static uint TypeBits(NodeType type) => type switch
    {
        NodeType.Directory => 1u << 31,
        NodeType.Symlink => 1u << 27,
        NodeType.BlockDevice => Device,
        NodeType.CharacterDevice => Device | CharacterDevice,
        NodeType.Fifo => 1u << 25,
        NodeType.Socket => 1u << 24,
        _ => 0,
    };
}
