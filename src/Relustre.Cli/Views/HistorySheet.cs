using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Views;

/// <summary>A host's history for people: one paragraph for each thing that happened, the newest last.</summary>
internal static class HistorySheet
{
    public static void Show(IEnumerable<HistoryEvent> events, int changes, Screen screen)
    {
        foreach (var happened in events)
        {
            screen.Line($"{Units.Time(happened.At)}  {Words(happened)}");
            if (happened is HistoryEvent.Stored stored)
                ShowChanges(stored, changes, screen);
        }
    }

    private static string Words(HistoryEvent happened) => happened switch
    {
        HistoryEvent.Stored { Trouble: { } trouble } stored => $"{stored.Snapshot.Id.Short}  cannot be compared: {trouble}",
        HistoryEvent.Stored { IsImported: true } stored => $"{stored.Snapshot.Id.Short}  imported from an archive",
        HistoryEvent.Stored { Before: null } stored => $"{stored.Snapshot.Id.Short}  the first snapshot",
        HistoryEvent.Stored { Differences: [] } stored => $"{stored.Snapshot.Id.Short}  nothing that has a meaning changed",
        HistoryEvent.Stored stored => $"{stored.Snapshot.Id.Short}  {RiskWords.Words(stored.Differences.Max(difference => difference.Risk)).ToUpperInvariant()}  "
            + $"{Units.Count(stored.Differences.Count, "change")}: {string.Join(", ", stored.Differences.CountBy(difference => difference.Component).Select(count => $"{count.Key} {count.Value}"))}",
        HistoryEvent.Seen seen => $"seen unchanged {Times(seen.Times)}until {Units.Time(seen.Until)}",
        HistoryEvent.Missed missed => $"NOT captured {Times(missed.Times)}until {Units.Time(missed.Until)}: {missed.Message}",
        HistoryEvent.Decided { Decision: var decision } => $"{Words(decision)} by {decision.By} on {decision.Machine}{(decision.Reason is { } reason ? $": {reason}" : "")}",
        _ => "",
    };

    private static string Words(Decision decision) => decision.Kind switch
    {
        DecisionKind.AcceptedSnapshot => $"{decision.Snapshot?[..Math.Min(8, decision.Snapshot.Length)]} accepted as the baseline",
        DecisionKind.AcceptedFinding => $"accepted: {decision.Finding?.Setting}",
        DecisionKind.Waived => $"waived until {(decision.Until is { } until ? Units.Day(until) : "")}: {decision.Finding?.Setting ?? $"rule {decision.Rule}"}",
        _ => $"waiver {decision.Removes} removed",
    };

    private static string Times(int times) => times == 1 ? "" : $"{times} times, ";

    private static void ShowChanges(HistoryEvent.Stored stored, int most, Screen screen)
    {
        foreach (var change in stored.Differences.OrderByDescending(difference => difference.Risk).Take(most))
            screen.Line($"    {change.Component}  {change.Key}  {ChangeWords.Of(change)}");
        if (stored.Differences.Count > most)
            screen.Line($"    and {stored.Differences.Count - most} more: relustre diff {stored.Before!.Id.Short} {stored.Snapshot.Id.Short}"); // What differs was compared.
    }
}
