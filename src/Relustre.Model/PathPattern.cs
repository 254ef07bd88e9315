using System.Text.RegularExpressions;

namespace Relustre;

/// <summary>Tells whether a captured path is one that a source asked for, by the same rules as the shell on the server.</summary>
public static partial class PathPattern
{
    private static readonly System.Buffers.SearchValues<char> Wild = System.Buffers.SearchValues.Create("*?[");

    /// <summary>Whether a pattern may stand for more names than its own.</summary>
    public static bool IsWild(string pattern) => FirstWild(pattern) >= 0;

    /// <summary>Where the first sign stands that is no part of a name; -1: there is none.</summary>
    public static int FirstWild(string pattern) => pattern.AsSpan().IndexOfAny(Wild);

    /// <summary>What makes a text no pattern, for whoever wrote it; null: nothing does. What shells do not agree about is none.</summary>
    public static string? Fault(string pattern)
    {
        var names = (pattern.EndsWith("/**", StringComparison.Ordinal) ? pattern[..^3] : pattern).Split('/');
        return names switch
        {
            _ when pattern.Contains("//", StringComparison.Ordinal) => $"'{pattern}' has '//' in it; write '/'",
            [""] or ["", ""] => $"'{pattern}' is the whole server; name the folders that matter",
            not ["", ..] => $"'{pattern}' is a relative path; it must start with '/'",
            [.., "**", ""] => $"'{pattern}' ends in '/'; write '{pattern[..^1]}'",
            [.., ""] => $"'{pattern}' ends in '/'; '{pattern}**' is the folder with all below it, '{pattern[..^1]}' the folder alone",
            _ when names.Intersect([".", ".."]).FirstOrDefault() is { } dots => $"'{pattern}' has '{dots}' in it; write the path out",
            _ when names.Any(name => name.Contains("**", StringComparison.Ordinal)) => $"'{pattern}': '**' stands for all below a folder, at the end of a path ('/etc/x/**'); for any text within a name write '*'",
            _ when OddSet.Match(pattern) is { Success: true, Value: var set } => $"'{pattern}': a set is written like '[ab]', '[a-z]' or '[!ab]', of ASCII characters, and not like '{set}'",
            _ when names.Skip(1).FirstOrDefault(name => name != ".*" && name[0] == '.' && (MatchesAcross(name, ".") || MatchesAcross(name, ".."))) is { } name => $"'{pattern}': '{name}' may stand for '.' or '..'; '.*' stands for all hidden names, and for neither of them",
            _ when pattern.Contains('\0', StringComparison.Ordinal) => "a path with a NUL in it",
            _ => null,
        };
    }

    [GeneratedRegex(@"\[(\^|!?\]|[^\]/]*(\[[:.=]|[^\x00-\x7F]))[^\]/]*\]?")]
    private static partial Regex OddSet { get; }

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
        return MatchesByName(folder, path.AsSpan(0, at));
    }

    // Name by name, without a copy of any: a plan matches every path of a server with every pattern.
    private static bool MatchesByName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        while (true)
        {
            var (wanted, found) = (pattern.IndexOf('/'), path.IndexOf('/'));
            if (wanted < 0 || found < 0)
                return wanted < 0 && found < 0 && MatchesName(pattern, path);
            if (!MatchesName(pattern[..wanted], path[..found]))
                return false;
            pattern = pattern[(wanted + 1)..];
            path = path[(found + 1)..];
        }
    }

    // The shell's "*" never matches a leading dot, nor the root, which has no name.
    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name) =>
        name.IsEmpty == pattern.IsEmpty && (!name.StartsWith('.') || pattern.StartsWith('.')) && MatchesAcross(pattern, name);

    /// <summary>Whether a pattern in which "*" stands for any text, slashes too, is the whole of a text.</summary>
    // Goes back to the last "*" only, so the time is bounded by the product of both lengths.
    public static bool MatchesAcross(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
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
        return pattern[at..].TrimEnd('*').IsEmpty;
    }

    /// <summary>Where the pattern goes on when its part at <paramref name="at"/> matches the character; 0: it does not match.</summary>
    private static int UnitMatches(ReadOnlySpan<char> pattern, int at, char unit)
    {
        if (at >= pattern.Length)
            return 0;
        var end = pattern[at] == '[' ? EndOfSet(pattern, at) : -1;
        if (end < 0)
            return pattern[at] == '?' || pattern[at] == unit ? at + 1 : 0;
        var set = pattern[(at + 1)..end];
        var isNegated = set[0] is '!' or '^';
        return IsIn(isNegated ? set[1..] : set, unit) != isNegated ? end + 1 : 0;
    }

    // A "]" right behind "[" belongs to the set.
    private static int EndOfSet(ReadOnlySpan<char> pattern, int at)
    {
        var begin = Math.Min(at + 2, pattern.Length);
        var end = pattern[begin..].IndexOf(']');
        return end < 0 ? -1 : begin + end;
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
