namespace Relustre;

/// <summary>Tells whether a captured path is one that a source asked for, by the same rules as the shell on the server.</summary>
public static class PathPattern
{
    public static bool Matches(Source.Files source, string path) =>
        (source.Pattern.EndsWith("/**", StringComparison.Ordinal) ? IsBelow(source.Pattern[..^3], path) : MatchesByName(source.Pattern, path))
        && !source.Except.Any(except => MatchesAcross(except, path));

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

    /// <summary>Whether a pattern in which "*" stands for any text, slashes too, is the whole of a text.</summary>
    // Goes back to the last "*" only, so the time is bounded by the product of both lengths.
    public static bool MatchesAcross(string pattern, string text)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var here = 0; here < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, resume) = (at++, here);
            else if (UnitMatches(pattern, at, text[here]) is > 0 and var next)
                (at, here) = (next, here + 1);
            else if (star >= 0)
                (at, here) = (star + 1, ++resume);
            else
                return false;
        }
        return pattern.AsSpan(at).TrimEnd('*').IsEmpty;
    }

    /// <summary>Where the pattern goes on when its part at <paramref name="at"/> matches the character; 0: it does not match.</summary>
    private static int UnitMatches(string pattern, int at, char unit)
    {
        if (at >= pattern.Length)
            return 0;
        var end = pattern[at] == '[' ? pattern.IndexOf(']', Math.Min(at + 2, pattern.Length)) : -1;
        if (end < 0)
            return pattern[at] == '?' || pattern[at] == unit ? at + 1 : 0;
        var set = pattern.AsSpan(at + 1, end - at - 1);
        var isNegated = set[0] is '!' or '^';
        return IsIn(isNegated ? set[1..] : set, unit) != isNegated ? end + 1 : 0;
    }

    private static bool IsIn(ReadOnlySpan<char> set, char unit)
    {
        for (var at = 0; at < set.Length; at++)
        {
            var isRange = at + 2 < set.Length && set[at + 1] == '-';
            if (isRange ? unit >= set[at] && unit <= set[at + 2] : unit == set[at])
                return true;
            at += isRange ? 2 : 0;
        }
        return false;
    }
}
