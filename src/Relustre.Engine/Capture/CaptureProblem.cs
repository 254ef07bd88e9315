using Relustre.Hosts;

namespace Relustre.Capture;

/// <summary>Something that is there and could not be captured; everything else was.</summary>
/// <param name="Subject">A path, or <c>listing</c>.</param>
/// <param name="Message">The cause in plain words, without the subject; free of control characters.</param>
public sealed record CaptureProblem(string Subject, string Message, CaptureProblemKind Kind)
{
    internal static CaptureProblem TooBig(string path, long size, CaptureLimits limits) => new(path,
        $"is {size} bytes, more than the limit of {limits.FileSize}; it was not read", CaptureProblemKind.TooBig);

    /// <summary>Fit for a terminal.</summary>
    public override string ToString() => $"{Harmless.Text(Subject)}: {Message}";
}
