namespace Relustre.Capture;

/// <summary>Why something could not be captured.</summary>
public enum CaptureProblemKind
{
    /// <summary>Not allowed, or an input/output error.</summary>
    Unreadable,

    /// <summary>Larger than <see cref="CaptureLimits.FileSize"/>.</summary>
    TooBig,

    /// <summary>Written to each time it was read; what was read last is in the capture.</summary>
    KeptChanging,

    /// <summary>Reached through a symlinked folder, which is not followed.</summary>
    BehindSymlink,

    /// <summary>The content is there; an ACL or an attribute is not.</summary>
    AttributesMissing,
}
