namespace Relustre.Snapshots;

/// <summary>How far the capture of one host has come.</summary>
public abstract record CaptureProgress
{
    private CaptureProgress()
    {
    }

    public sealed record Connecting : CaptureProgress;

    public sealed record Listing : CaptureProgress;

    /// <summary>Of <paramref name="Total"/> files to be read, <paramref name="Done"/> are.</summary>
    public sealed record Reading(int Done, int Total) : CaptureProgress;

    public sealed record Tools : CaptureProgress;

    public sealed record Storing : CaptureProgress;
}
