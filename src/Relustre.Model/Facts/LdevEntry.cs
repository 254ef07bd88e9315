namespace Relustre.Facts;

/// <summary>A line of ldev.conf: which server may serve which target from which device.</summary>
public sealed record LdevEntry
{
    public required string Local { get; init; }

    /// <summary>The partner; null where there is none.</summary>
    public string? Foreign { get; init; }

    public required string Label { get; init; }

    /// <summary>Without its kind: <c>/dev/mapper/mpatha</c>, or <c>pool/dataset</c> for ZFS.</summary>
    public required string Device { get; init; }

    public bool IsZfs { get; init; }

    public string? Journal { get; init; }
}
