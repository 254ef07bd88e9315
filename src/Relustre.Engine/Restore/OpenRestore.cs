using System.Globalization;
using System.Text.Json;

namespace Relustre.Restore;

/// <summary>A restore that has begun and is not over: its plan, what a second look added to it, and how far it came.</summary>
public sealed class OpenRestore : IDisposable
{
    private const string Additions = "look-again-";

    private readonly List<PlannedStep> steps;

    private OpenRestore(string folder, RestorePlan plan, Journal journal, List<PlannedStep> steps)
    {
        Folder = folder;
        Plan = plan;
        Journal = journal;
        this.steps = steps;
    }

    public string Folder { get; }

    public RestorePlan Plan { get; }

    public Journal Journal { get; }

    /// <summary>All steps in the order in which they are done.</summary>
    public IReadOnlyList<PlannedStep> Steps => steps;

    public IEnumerable<PlannedStep> Left => steps.Where(step => !Journal.IsFinished(step.Number));

    /// <exception cref="JsonException">What was added to the plan cannot be read.</exception>
    public static OpenRestore Of(string folder, RestorePlan plan, Journal journal)
    {
        var steps = plan.Steps.ToList();
        foreach (var step in plan.Steps)
            if (File.Exists(PathOf(folder, step)))
                steps.InsertRange(steps.IndexOf(step) + 1, JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(folder, step)), RestoreJson.Default.RestorePlan)!.Steps);
        return new OpenRestore(folder, plan, journal, steps);
    }

    /// <summary>Adds steps right behind another; they are on disk when it returns. Their numbers follow those of the plan.</summary>
    public void Add(PlannedStep behind, IReadOnlyList<PlannedStep> more)
    {
        var first = steps.Max(step => step.Number) + 1;
        IReadOnlyList<PlannedStep> numbered = [.. more.Select((step, at) => step with { Number = first + at })];
        RestoreBook.Write(PathOf(Folder, behind), JsonSerializer.SerializeToUtf8Bytes(Plan with { Steps = numbered }, RestoreJson.Default.RestorePlan));
        steps.InsertRange(steps.IndexOf(behind) + 1, numbered);
    }

    public void Dispose() => Journal.Dispose();

    private static string PathOf(string folder, PlannedStep behind) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Additions}{behind.Number}.json"));
}
