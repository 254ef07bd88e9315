using Relustre.Cli.Output;
using Relustre.Restore;

namespace Relustre.Cli.Views;

/// <summary>Which CIB is brought back, and what the other servers' copies say otherwise.</summary>
internal static class CibSheet
{
    private const int MaxShown = 20;

    public static void Show(CibChoice choice, Screen screen)
    {
        screen.Line($"brought back: {choice.Saved}");
        foreach (var (copy, differences) in choice.Others)
        {
            screen.Line(differences.Count == 0 ? $"{copy} says the same" : $"{copy} says otherwise:");
            foreach (var difference in differences.Take(MaxShown))
                screen.Line($"  {Printable.Line(difference.Key)}: {Printable.Line(difference.ShownWanted ?? "nothing")} on {choice.Saved.Host}, {Printable.Line(difference.ShownFound ?? "nothing")} on {copy.Host}");
            if (differences.Count > MaxShown)
                screen.Line($"  and {differences.Count - MaxShown} more: relustre diff {choice.Saved.Host} {copy.Host} --component pacemaker");
        }
        screen.Line();
    }
}
