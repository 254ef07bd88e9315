using Relustre.Facts;

namespace Relustre.Restore.Phases;

/// <summary>One server of a pair that is recovered as a whole.</summary>
/// <param name="Host">By its name in the site.</param>
/// <param name="Node">As its cluster calls it.</param>
internal sealed record PairMember(string Host, string Node, RestoreContext Context)
{
    /// <summary>It boots on its way back.</summary>
    public bool Reboots { get; init; }

    /// <summary>Those of the cluster's daemons that start at boot now.</summary>
    public IReadOnlyList<string> Enabled => Context.FoundOf<ServicesFacts>() is { } services
        ? [.. RejoinPhase.Daemons.Where(daemon => services.Units.Any(unit => unit.Name == $"{daemon}.service" && unit.State == "enabled") || services.SysV.Any(one => one.Name == daemon && one.Levels.Length > 0))]
        : [];

    public PlannedStep Step(RestoreStage stage, RestoreStep step, string why, params IReadOnlyList<string> gates) =>
        new(0, "cluster", step) { Stage = stage, Why = why, On = Host, Gates = gates };
}
