namespace Relustre.Restore.Phases;

/// <summary>One server of a pair that is recovered as a whole.</summary>
/// <param name="Host">By its name in the site.</param>
/// <param name="Node">As its cluster calls it.</param>
internal sealed record PairMember(string Host, string Node, RestoreContext Context)
{
    public PlannedStep Step(RestoreStage stage, RestoreStep step, string why, params IReadOnlyList<string> gates) =>
        new(0, "cluster", step) { Stage = stage, Why = why, On = Host, Gates = gates };
}
