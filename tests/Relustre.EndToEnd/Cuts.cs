using System.Globalization;
using System.Text.RegularExpressions;
using Relustre.Restore;
using Relustre.Steps;

namespace Relustre.EndToEnd;

/// <summary>
/// Kills a restore again and again: while it still plans, when its journal announces a step for the first time, once more inside each step
/// that takes long, and during the audit. The journal is on disk before a step begins, so it is the journal that is watched.
/// </summary>
internal sealed partial class Cuts(TestSite site, string host)
{
    private const string Auditing = "comparing the server", Booting = " boots";
    private const int ALittle = 700;

    private readonly List<string> made = [];
    private readonly HashSet<int> announced = [], inside = [];
    private long read;
    private int last;

    [GeneratedRegex(@"""kind"":""Started"",""step"":(?<step>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex StepStarted { get; }

    private string? Folder => Directory.Exists(Path.Combine(site.Folder, "restores", host)) ? Directory.GetDirectories(Path.Combine(site.Folder, "restores", host)).SingleOrDefault() : null;

    /// <summary>Kills it at the next moment; false: it has ended before.</summary>
    public Task<bool> KillAsync(RunningRestore restore) =>
        // A step may take no longer than some milliseconds, so whoever looks has a thread of its own.
        Task.Factory.StartNew(() => Kill(restore), Lab.Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// Every step was done, and each that was not over between two looks at the journal was cut: on a machine that has much else to do some steps
    /// are, so that a tenth of them may be missing, but no phase of several steps. Steps are told by their numbers: what they write may be a secret.
    /// </summary>
    public void MetEveryStep()
    {
        var entries = Journal.Peek(PathOf(Folder!));
        var done = StepsOf(entries, JournalKind.Finished);
        Assert.Equal(StepsOf(entries, JournalKind.Started), done);
        Assert.Superset(Plan().Select(step => step.Number).ToHashSet(), done);
        var uncut = done.Except(announced).ToList();
        Assert.True(uncut.Count * 10 <= done.Count, $"of {done.Count} steps these were not cut: {string.Join(' ', uncut)}");
        foreach (var phase in Plan().GroupBy(step => step.Stage).Where(phase => phase.Count() > 2))
            Assert.True(phase.Any(step => announced.Contains(step.Number)), $"nothing of {phase.Key} was cut");
    }

    public override string ToString() => $"{made.Count} cuts: {string.Join(", ", made)}; {announced.Count} different steps";

    private bool Kill(RunningRestore restore)
    {
        if (made.Count == 0)
            return Killed(restore, "while it plans", later: ALittle);
        var again = Plan().FirstOrDefault(step => step.Number == last && IsLong(step) && !inside.Contains(last));
        for (; !restore.HasExited; Lab.Cancel.WaitHandle.WaitOne(1))
        {
            var started = Started();
            if (started is [.., var newest] && newest != last)
                return Killed(restore, $"{newest}", newest);
            if (again is not null && (started.Count > 0 || restore.Said.Contains(Booting, StringComparison.Ordinal)) && inside.Add(last))
                return Killed(restore, $"inside {again.Step.Summary}", later: ALittle);
            if (made[^1] != Auditing && restore.Said.Contains(Auditing, StringComparison.Ordinal))
                return Killed(restore, Auditing);
        }
        return false;
    }

    // What it still wrote until it was dead counts: there it was cut.
    private bool Killed(RunningRestore restore, string when, int step = 0, int later = 0)
    {
        if (later > 0)
            Lab.Cancel.WaitHandle.WaitOne(later);
        restore.Kill();
        made.Add(when);
        if (Started() is [.., var newest])
            step = newest;
        if (step == 0)
            return true;
        last = step;
        announced.Add(step);
        return true;
    }

    // The numbers of those that were noted since it was asked last.
    private List<int> Started()
    {
        if (Folder is not { } place || !File.Exists(PathOf(place)))
            return [];
        using var journal = new FileStream(PathOf(place), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (journal.Length == read)
            return [];
        journal.Seek(read, SeekOrigin.Begin);
        using var reader = new StreamReader(journal);
        var text = reader.ReadToEnd();
        var whole = text.LastIndexOf('\n') + 1;
        read += whole;
        return [.. from Match match in StepStarted.Matches(text[..whole]) select int.Parse(match.Groups["step"].Value, CultureInfo.InvariantCulture)];
    }

    private static bool IsLong(PlannedStep step) => step.Step is LookAgain or Reboot || step.Stage is RestoreStage.Packages or RestoreStage.Rejoin or RestoreStage.Failback;

    private static SortedSet<int> StepsOf(IReadOnlyList<JournalEntry> entries, JournalKind kind) => [.. from entry in entries where entry.Kind == kind && entry.Step is not null select entry.Step!.Value];

    private IReadOnlyList<PlannedStep> Plan() => Folder is { } place ? RestoreBook.PlanOf(place).Steps : [];

    private static string PathOf(string place) => Path.Combine(place, "journal.jsonl");
}
