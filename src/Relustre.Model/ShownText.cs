namespace Relustre;

/// <summary>The text of one file or tool's answer as it may be shown: rather too little of it than a secret.</summary>
public static class ShownText
{
    public const string Hidden = "(a line that may hold a secret)";

    /// <param name="one">A state of one file, or of one tool's answer.</param>
    /// <returns>Null: it holds a secret, and none of it is shown.</returns>
    public static string? Of(Component component, ComponentState one)
    {
        var text = one.Files is [var file, ..] ? file.Text : one.Tools[0].Text;
        return IsSecret(component, one) || text.Contains("PRIVATE KEY", StringComparison.Ordinal)
            ? null
            : string.Join('\n', text.Split('\n').Select(Line));
    }

    private static bool IsSecret(Component component, ComponentState one) =>
        one.Files.Any(file => component.SourceOf(file) is null or { IsSecret: true })
        || component.Sources.OfType<Source.Tool>().Any(tool => tool.IsSecret && one.Tools.Any(output => output.Name == tool.Name))
        || component.Read(one).Any(setting => setting.IsSecret);

    // Formats do not read comments, and a password that was commented out is one still.
    private static string Line(string line) => SecretText.IsIn(line) || (IsComment(line.TrimStart()) && Words(line).Any(SecretText.IsNamed)) ? Hidden : line;

    private static bool IsComment(string line) => line is ['#' or ';' or '!', ..] or ['/', '/' or '*', ..] or ['<', '!', ..];

    private static string[] Words(string line) => line.Split([' ', '\t', '=', ':', ',', '"', '\'', '#', ';', '(', ')', '<', '>'], StringSplitOptions.RemoveEmptyEntries);
}
