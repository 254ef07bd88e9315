using System.Text;

namespace Relustre;

/// <summary>One file as a server had it at the moment of a capture.</summary>
public sealed record CapturedFile
{
    /// <summary>Absolute, without a trailing slash; raw bytes as <see cref="UnixPath"/> tells.</summary>
    public required string Path { get; init; }

    public required FileKind Kind { get; init; }

    /// <summary>Permissions with setuid, setgid and sticky: 0 to 07777.</summary>
    public required int Mode { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    /// <summary>The owner's name on that server; empty where it has none.</summary>
    public string User { get; init; } = "";

    public string Group { get; init; } = "";

    public UnixTime Modified { get; init; }

    /// <summary>Names that this file has; files above one are told apart by <see cref="Device"/> and <see cref="Inode"/>.</summary>
    public uint Links { get; init; } = 1;

    public ulong Inode { get; init; }

    public ulong Device { get; init; }

    /// <summary>Where a symlink points, raw bytes as <see cref="UnixPath"/> tells; null for all else.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Major and minor number of a device node; null for all else.</summary>
    public (uint Major, uint Minor)? DeviceNumber { get; init; }

    /// <summary>Sorted by name, ordinal.</summary>
    public IReadOnlyList<ExtendedAttribute> Attributes { get; init; } = [];

    /// <summary>Empty for all but files.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The content read as UTF-8; what is not UTF-8 becomes U+FFFD, since a broken file must still be looked at.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);
}
