namespace Relustre.Restore;

/// <summary>One step in its place in a plan.</summary>
/// <param name="Number">From 1 on; the journal knows a step by it.</param>
/// <param name="Component">Which component it brings back; a phase of the cluster's otherwise.</param>
public sealed record PlannedStep(int Number, string Component, RestoreStep Step)
{
    public RestoreStage Stage { get; init; }

    /// <summary>One sentence without a full stop.</summary>
    public string Why { get; init; } = "";

    /// <summary>The host on which it is done; null: the one that is restored.</summary>
    public string? On { get; init; }

    /// <summary>Names of the gates that must be open before it.</summary>
    public IReadOnlyList<string> Gates { get; init; } = [];
}
