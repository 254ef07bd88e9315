namespace Relustre.Restore;

/// <summary>Whether a gate is open at this moment.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Reason">What was seen, in an administrator's words.</param>
public sealed record GateAnswer(string Gate, bool IsOpen, string Reason)
{
    /// <summary>The server that did not answer, so that nobody knows; null: all did.</summary>
    public string? Silent { get; init; }

    /// <summary>How long it took to find out.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The command to look at it by hand; null: there is none.</summary>
    public string? Look { get; init; }
}
