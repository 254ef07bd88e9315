using Relustre.Restore;

namespace Relustre.Cli.Output;

/// <summary>A plan as it was read, with what it had been asked for. As little of files' content is in it as in what was shown.</summary>
internal sealed record SavedPlan(DateTimeOffset MadeAt, RestoreWish Wish, PlanReply Plan)
{
    private const int Most = 8;

    /// <summary>What the same wish comes to now, and did not when it was read; a few lines for people. Nobody may call it where the hashes are one.</summary>
    public IReadOnlyList<string> DifferencesTo(PlanReply now)
    {
        var (before, after) = (Lines(Plan), Lines(now));
        List<string> all = [.. Only(before, after).Select(line => $"no more: {line}"), .. Only(after, before).Select(line => $"new: {line}")];
        return all switch
        {
            [] when !before.SequenceEqual(after) => ["the steps come in another order"],
            [] => ["a step of the same name and command brings another content"],
            { Count: > Most } => [.. all.Take(Most), $"and {all.Count - Most} more"],
            _ => all,
        };
    }

    private static IEnumerable<string> Only(IReadOnlyList<Line> these, IReadOnlyList<Line> others)
    {
        var known = others.ToHashSet();
        return these.Where(line => !known.Contains(line)).Select(line => line.Shown);
    }

    private static IReadOnlyList<Line> Lines(PlanReply plan) =>
    [
        .. plan.Steps.Select(step => new Line($"{step.Component}: {(step.On is { } host ? $"on {host}: " : "")}{step.Summary}", string.Join('\0', [step.Stage, .. step.Gates, "", .. step.Command]))),
        .. plan.ForPeople.Select(note => new Line($"for you: {note}", "")),
    ];

    private sealed record Line(string Shown, string Whole);
}
