using Relustre.Audit;
using Relustre.Cli.Output;

namespace Relustre.Cli.Views;

/// <summary>Every value that something had, for people: the newest last.</summary>
internal static class BlameSheet
{
    private const int Most = 8;

    public static void Show(string host, IReadOnlyList<BlamedSubject> subjects, Screen screen)
    {
        foreach (var (at, subject) in subjects.Index())
        {
            if (at > 0)
                screen.Line();
            screen.Line($"{host}  {subject.Component ?? "no component"}  {subject.Subject}");
            foreach (var value in subject.Values)
                ShowValue(value, subject.Component, screen);
        }
    }

    private static void ShowValue(BlamedValue value, string? own, Screen screen)
    {
        screen.Line($"{Units.Time(value.From)}  {value.First.Id.Short}  {value.Shown ?? "(not there)"}");
        screen.Line(value.Until is { } until
            ? $"    until {Units.Time(until)}; last seen so {Units.Time(value.SeenUntil)}"
            : $"    still; last seen so {Units.Time(value.SeenUntil)}");
        foreach (var change in value.Changes.Take(Most))
            screen.Line($"    {change.Key}  {ChangeWords.Of(change)}");
        if (value.Changes.Count > Most)
            screen.Line($"    and {value.Changes.Count - Most} more changes in it");
        if (value.IsMarkedByIml)
            screen.Line("    IML's mark stands in it: its agent wrote this");
        if (value.With is { } with)
            ShowOthers(with, own, screen);
        foreach (var record in value.Records)
            screen.Line($"    {Units.Time(record.At)}  {record.Kind}: {record.Text}");
    }

    private static void ShowOthers(SnapshotChanges with, string? own, Screen screen)
    {
        var others = with.Paths.Where(paths => paths.Key != own || paths.Value.Count > 1).Select(paths => $"{paths.Key} {paths.Value.Count}").ToList();
        if (others.Count > 0)
            screen.Line($"    in the same snapshot: {string.Join(", ", others)}");
        foreach (var package in with.Packages.Take(Most))
            screen.Line($"    package {package}");
        if (with.Packages.Count > Most)
            screen.Line($"    and {with.Packages.Count - Most} more packages");
    }
}
