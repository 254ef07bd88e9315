namespace Relustre.Restore;

/// <summary>A restore that has begun and is not over.</summary>
public sealed record OpenRestore(string Folder, RestorePlan Plan, Journal Journal) : IDisposable
{
    public IEnumerable<PlannedStep> Left => Plan.Steps.Where(step => !Journal.IsFinished(step.Number));

    public void Dispose() => Journal.Dispose();
}
