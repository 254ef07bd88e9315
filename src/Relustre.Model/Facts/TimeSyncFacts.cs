namespace Relustre.Facts;

/// <summary>Where the time comes from.</summary>
public sealed record TimeSyncFacts : ComponentFacts
{
    /// <summary>How IML has marked its lines in ntp.conf.</summary>
    public enum ImlMarks
    {
        None,

        /// <summary>2.x: "Added by chroma-agent".</summary>
        ChromaAgent,

        /// <summary>3.1 to 5: "IML_EDITv1".</summary>
        EditV1,

        /// <summary>6: "IML_EDIT".</summary>
        Edit,
    }

    public required IReadOnlyList<Server> Servers { get; init; }

    public ImlMarks Marks { get; init; }

    /// <summary>ntp.conf.pre-chroma, the file as it was before IML, is there.</summary>
    public bool HasOriginal { get; init; }

    public bool HasPtp { get; init; }

    /// <param name="Program">ntp, chrony or timesyncd.</param>
    /// <param name="Kind">server, pool or peer.</param>
    public sealed record Server(string Program, string Kind, string Address, string Options);
}
