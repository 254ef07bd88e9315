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
}
