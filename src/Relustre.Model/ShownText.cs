namespace Relustre;

/// <summary>The text of one file or tool's answer as it may be shown: rather too little of it than a secret.</summary>
public static class ShownText
{
    public const string Hidden = "(a line that may hold a secret)";

    private static readonly char[] dividers = [' ', '\t', '=', ':', ',', '"', '\'', '#', ';', '(', ')', '<', '>', '{', '}', '[', ']'];

    /// <summary>Two states that are compared: a line that is hidden on one side tells what may not be shown on the other, where it is damaged.</summary>
    /// <param name="was">A state of one file, or of one tool's answer; null: it was not there.</param>
    /// <returns>Null: one of them holds a secret, and none of either is shown.</returns>
    public static (string Was, string Now)? Of(Component component, ComponentState? was, ComponentState? now)
    {
        if (IsSecret(component, was) || IsSecret(component, now))
            return null;
        var (before, after) = (Lines(component, was), Lines(component, now));
        var secrets = new KnownSecrets([], [], HiddenIn(before).Concat(HiddenIn(after)));
        return (Shown(before, secrets), Shown(after, secrets));
    }

    /// <summary>The same of one alone.</summary>
    public static string? Of(Component component, ComponentState one) => Of(component, null, one)?.Now;

    /// <summary>The lines that are not shown.</summary>
    internal static IEnumerable<string> HiddenLines(Component component, ComponentState one) => HiddenIn(Lines(component, one));

    private static IEnumerable<string> HiddenIn(IEnumerable<(string Text, bool IsHidden)> lines) => from line in lines where line.IsHidden select line.Text;

    private static bool IsSecret(Component component, ComponentState? one) => one is not null
        && (one.Files.Any(file => component.SourceOf(file) is null or { IsSecret: true })
            || component.Sources.OfType<Source.Tool>().Any(tool => tool.IsSecret && one.Tools.Any(output => output.Name == tool.Name))
            || component.Read(one).Any(setting => setting.IsSecret)
            || TextOf(one).Contains("PRIVATE KEY", StringComparison.Ordinal));

    private static (string Text, bool IsHidden)[] Lines(Component component, ComponentState? one)
    {
        return one is null || FormatOf(component, one) is not { } format ? [] : [.. TextOf(one).Split('\n').Select(line => (line, IsHidden(line, format)))];
    }

    private static string Shown(IEnumerable<(string Text, bool IsHidden)> lines, KnownSecrets secrets) =>
        string.Join('\n', lines.Select(line => line.IsHidden || secrets.AreIn(line.Text) ? Hidden : line.Text));

    private static string TextOf(ComponentState one) => one.Files is [var file, ..] ? file.Text : one.Tools[0].Text;

    private static Format? FormatOf(Component component, ComponentState one) => one.Files is [var file, ..]
        ? component.SourceOf(file)?.Format
        : component.Sources.OfType<Source.Tool>().FirstOrDefault(tool => tool.Name == one.Tools[0].Name)?.Format;

    // Formats read no comments, scripts or lines that make no sense, and a password that was commented out or mistyped is one still.
    private static bool IsHidden(string line, Format format) => SecretText.IsIn(line)
        || SecretText.HasNamed(line.Split(dividers, StringSplitOptions.RemoveEmptyEntries), IsComment(line.TrimStart()) ? SecretText.IsNamed : format.IsSecret);

    private static bool IsComment(string line) => line is ['#' or ';' or '!', ..] or ['/', '/' or '*', ..] or ['<', '!', ..];
}
