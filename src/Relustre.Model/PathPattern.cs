using System.IO.Enumeration;

namespace Relustre;

/// <summary>Tells whether a captured path is one that a source asked for, by the same rules as the shell on the server.</summary>
public static class PathPattern
{
    public static bool Matches(Source.Files source, string path) => source.Pattern.EndsWith("/**", StringComparison.Ordinal)
        ? IsBelow(source.Pattern[..^3], path) && !source.Except.Any(except => MatchesAcross(except, path))
        : MatchesByName(source.Pattern, path);

    private static bool IsBelow(string folder, string path)
    {
        var names = folder.Count('/');
        var at = -1;
        for (var skipped = 0; skipped <= names; skipped++)
        {
            at = path.IndexOf('/', at + 1);
            if (at < 0)
                return skipped == names && MatchesByName(folder, path);
        }
        return MatchesByName(folder, path[..at]);
    }

    private static bool MatchesByName(string pattern, string path)
    {
        var wanted = pattern.Split('/');
        var found = path.Split('/');
        return wanted.Length == found.Length && wanted.Zip(found).All(pair => MatchesName(pair.First, pair.Second));
    }

    // The shell's "*" never matches a leading dot.
    private static bool MatchesName(string pattern, string name) =>
        (!name.StartsWith('.') || pattern.StartsWith('.')) && MatchesAcross(pattern, name);

    private static bool MatchesAcross(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: false);
}
