namespace Relustre.Restore;

/// <summary>How a command on a server ended.</summary>
/// <param name="Output">What it printed on both streams, at most 64 KiB; what a terminal would obey is still in it.</param>
public sealed record CommandResult(int ExitCode, string Output)
{
    public bool IsDone => ExitCode == 0;

    /// <summary>It did not end in its time, and nobody knows how far it came.</summary>
    public bool IsOverdue { get; init; }
}
