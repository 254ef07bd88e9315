namespace Relustre.Vault;

/// <summary>What kind of entry a folder's listing names.</summary>
public enum NodeType
{
    File,
    Directory,
    Symlink,
    BlockDevice,
    CharacterDevice,
    Fifo,
    Socket,
}
