namespace Relustre;

/// <summary>What a name on a server stands for. Sockets are made by their programs and are never captured.</summary>
public enum FileKind
{
    File,
    Directory,
    Symlink,
    Fifo,
    BlockDevice,
    CharacterDevice,
}
