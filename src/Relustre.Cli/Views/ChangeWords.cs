namespace Relustre.Cli.Views;

/// <summary>What became of a setting, in one line: before and after.</summary>
internal static class ChangeWords
{
    // A certificate or a list of packages would fill the screen; --json has all of it.
    private const int Longest = 160;

    public static string Of(Difference change) => change switch
    {
        { IsMoved: true } => $"moved: {Short(change.ShownWanted)}",
        { IsSecret: true, Wanted: not null, Found: not null } => "another secret value",
        { Found: null } => $"gone; was {Short(change.ShownWanted)}",
        { Wanted: null } => $"new: {Short(change.ShownFound)}",
        _ => $"{Short(change.ShownWanted)} -> {Short(change.ShownFound)}",
    };

    private static string Short(string? text) => text is { Length: > Longest } ? text[..Longest] + "…" : text ?? "";
}
