namespace Relustre.Capture;

/// <summary>One name on a server as it was listed, before its content is known.</summary>
public sealed record ListedFile
{
    /// <summary>Absolute, as <see cref="UnixPath"/> tells.</summary>
    public required string Path { get; init; }

    public required FileKind Kind { get; init; }

    /// <summary>Permissions with setuid, setgid and sticky: 0 to 07777.</summary>
    public required int Mode { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    public UnixTime Modified { get; init; }

    /// <summary>When its content or anything about it changed last (ctime): nobody can set it back.</summary>
    public UnixTime Changed { get; init; }

    public uint Links { get; init; } = 1;

    public ulong Device { get; init; }

    public ulong Inode { get; init; }

    public string? LinkTarget { get; init; }

    /// <summary>No source asks for it; it is the folder above something that one asks for.</summary>
    public bool IsAncestor { get; init; }

    /// <summary>
    /// Equal in two listings of one host only if nothing about the entry has changed between them. 32 hexadecimal digits. A
    /// folder above captured files is known by its owner and mode alone, since its times change with its other content.
    /// </summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The same for everything that reading it cannot change.</summary>
    internal bool IsSameAs(ListedFile other) => this with { IsAncestor = false, Fingerprint = "" } == other with { IsAncestor = false, Fingerprint = "" };
}
