namespace Relustre.Restore;

/// <summary>How long the steps of one stage took, as the journal has it; a step that was made again counts each time.</summary>
public sealed record PhaseTime(RestoreStage Stage, int Steps, TimeSpan Elapsed)
{
    /// <summary>In the order in which the stages were reached; steps that were not done yet are not in it.</summary>
    public static IReadOnlyList<PhaseTime> Of(OpenRestore restore)
    {
        var stages = restore.Steps.ToDictionary(step => step.Number, step => step.Stage);
        var elapsed = new Dictionary<RestoreStage, (int Steps, TimeSpan Elapsed)>();
        JournalEntry? started = null;
        foreach (var entry in restore.Journal.Entries)
        {
            if (entry.Kind == JournalKind.Started)
                started = entry;
            if (entry.Kind is not (JournalKind.Finished or JournalKind.Failed) || entry.Step is not { } number || started?.Step != number || !stages.TryGetValue(number, out var stage))
                continue;
            var sum = elapsed.GetValueOrDefault(stage);
            elapsed[stage] = (sum.Steps + (entry.Kind == JournalKind.Finished ? 1 : 0), sum.Elapsed + (entry.At - started.At));
        }
        return [.. from stage in elapsed select new PhaseTime(stage.Key, stage.Value.Steps, stage.Value.Elapsed)];
    }
}
