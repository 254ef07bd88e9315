namespace Relustre;

/// <summary>What must hold on a server when a component is back.</summary>
/// <param name="Statement">What holds, as a sentence without a full stop.</param>
/// <param name="Command">It only looks; exit code 0 where it holds.</param>
public sealed record Check(string Statement, RemoteCommand Command)
{
    /// <summary>A text that the output has; null: the exit code alone counts.</summary>
    public string? Expecting { get; init; }

    /// <summary>Seconds that it may take to come true, such as a daemon's start.</summary>
    public int Patience { get; init; }
}
