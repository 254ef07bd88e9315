namespace Relustre.Restore;

/// <summary>
/// What is left of a plan where the server is a file tree (<c>root:</c>): its files. A tree runs nothing, and whatever reaches a running system
/// from within one reaches the machine on which it lies: its kernel, its network, its power.
/// </summary>
internal static class FileTreePlan
{
    private const int Named = 3;

    public static RestorePlan Of(RestorePlan plan)
    {
        var others = plan.Steps.Where(step => step.Step.InTree() is null).ToList();
        var files = FilesOf(plan.Steps).ToList();
        if (others.Count == 0)
            return plan;
        return plan with
        {
            // What is asked before the very first change is asked before the first that is left.
            Steps = [.. files.Select((step, at) => step with { Number = at + 1, Gates = at == 0 ? [.. plan.Steps[0].Gates.Union(step.Gates)] : step.Gates })],
            ForPeople = [.. plan.ForPeople, $"{plan.Host} is a file tree, which runs nothing: left out is what would reach the machine on which it lies ({Some(others)})"],
        };
    }

    /// <summary>Those steps that a tree can take.</summary>
    public static IEnumerable<PlannedStep> FilesOf(IEnumerable<PlannedStep> steps) =>
        from step in steps
        let file = step.Step.InTree()
        where file is not null
        select step with { Step = file };

    private static string Some(List<PlannedStep> steps) =>
        string.Join(", ", steps.Take(Named).Select(step => step.Step.Summary)) + (steps.Count > Named ? $", and {steps.Count - Named} more" : "");
}
