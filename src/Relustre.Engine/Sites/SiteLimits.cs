namespace Relustre.Sites;

/// <summary>How much one server may send in one capture; null: the built-in limit.</summary>
public sealed record SiteLimits
{
    /// <summary>Bytes; a bigger file is named and left out.</summary>
    public long? FileSize { get; init; }

    /// <summary>Bytes of all files of one server.</summary>
    public long? TotalSize { get; init; }

    public int? Files { get; init; }

    /// <summary>Of one server's whole capture.</summary>
    public int? Minutes { get; init; }

    /// <summary>Seconds without a byte after which a server is given up.</summary>
    public int? Silence { get; init; }

    /// <summary>Bytes of the list of names, before any file is read.</summary>
    public long? ListingSize { get; init; }
}
