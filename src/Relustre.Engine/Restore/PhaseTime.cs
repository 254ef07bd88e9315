namespace Relustre.Restore;

/// <summary>
/// Where the time of a restore went, as the journal has it: the safety snapshot, the steps of each stage (one that was made again
/// counts each time), the questions of gates and waits between steps, and the audit in the end. While nobody worked on it, no time passes.
/// </summary>
/// <param name="Name">A <see cref="RestoreStage"/>, or <see cref="Safety"/>, <see cref="Gates"/> or <see cref="Audit"/>.</param>
/// <param name="Steps">0 where there are none.</param>
public sealed record PhaseTime(string Name, int Steps, TimeSpan Elapsed)
{
    public const string Safety = "Safety", Gates = "Gates", Audit = "Audit";

    /// <summary>In the order in which they were reached; steps that were not done yet are not in it.</summary>
    public static IReadOnlyList<PhaseTime> Of(OpenRestore restore)
    {
        var stages = restore.Steps.ToDictionary(step => step.Number, step => $"{step.Stage}");
        var phases = new OrderedDictionary<string, PhaseTime>();
        JournalEntry? before = null;
        foreach (var entry in restore.Journal.Entries)
        {
            if (before is not null && NameOf(before, entry, stages) is { } name)
            {
                var sum = phases.GetValueOrDefault(name) ?? new PhaseTime(name, 0, TimeSpan.Zero);
                phases[name] = sum with { Steps = sum.Steps + (entry.Kind == JournalKind.Finished ? 1 : 0), Elapsed = sum.Elapsed + (entry.At - before.At) };
            }
            before = entry;
        }
        return [.. phases.Values];
    }

    // What was going on until an entry was noted; null: nobody worked, or what was done was cut off.
    private static string? NameOf(JournalEntry before, JournalEntry entry, Dictionary<int, string> stages) => entry.Kind switch
    {
        JournalKind.Safety => Safety,
        JournalKind.Started when before.Kind != JournalKind.Started => Gates,
        JournalKind.Finished or JournalKind.Failed when before.Kind == JournalKind.Started && before.Step == entry.Step && entry.Step is { } number => stages.GetValueOrDefault(number),
        JournalKind.Ended when entry.Text is null => Audit,
        _ => null,
    };
}
