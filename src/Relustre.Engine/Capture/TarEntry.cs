namespace Relustre.Capture;

/// <summary>One entry of a tar stream, as it claims to be: nothing in it is checked against a file system.</summary>
internal sealed record TarEntry
{
    /// <summary>As in the archive, without a trailing slash: it may be relative, absolute or hold "..".</summary>
    public required string Path { get; init; }

    /// <summary>A hard link is a <see cref="FileKind.File"/> with <see cref="IsHardLink"/>.</summary>
    public required FileKind Kind { get; init; }

    /// <summary>Another name for the entry at <see cref="LinkTarget"/>, which stands before it.</summary>
    public bool IsHardLink { get; init; }

    public int Mode { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public string User { get; init; } = "";

    public string Group { get; init; } = "";

    public UnixTime Modified { get; init; }

    public long Size { get; init; }

    public string? LinkTarget { get; init; }

    public (uint Major, uint Minor)? DeviceNumber { get; init; }

    /// <summary>By name, ordinal.</summary>
    public IReadOnlyList<ExtendedAttribute> Attributes { get; init; } = [];

    /// <summary>ACLs as text, where the archive has them only so; see <see cref="PosixAcl"/>.</summary>
    public string? AccessAcl { get; init; }

    public string? DefaultAcl { get; init; }
}
