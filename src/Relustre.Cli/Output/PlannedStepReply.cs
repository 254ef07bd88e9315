using Relustre.Restore;

namespace Relustre.Cli.Output;

/// <summary>One step of a plan, for programs.</summary>
internal sealed record PlannedStepReply(int Number, string Stage, string Component, string Summary)
{
    public required string Why { get; init; }

    /// <summary>The host on which it is done; null: the one that is restored.</summary>
    public string? On { get; init; }

    public required IReadOnlyList<string> Gates { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public static PlannedStepReply Of(PlannedStep step, Platform platform) =>
        new(step.Number, $"{step.Stage}", step.Component, JsonText.Text(step.Step.Summary))
        {
            Why = step.Why,
            On = step.On,
            Gates = step.Gates,
            Command = [.. step.Step.On(platform).Arguments.Select(JsonText.Text)],
        };
}
