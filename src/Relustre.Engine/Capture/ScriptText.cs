using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Relustre.Capture;

/// <summary>Writes sources as shell text. Whatever a pattern holds, the shell only ever expands names from it.</summary>
internal static partial class ScriptText
{
    [GeneratedRegex("^[A-Za-z0-9._+-]+$")]
    private static partial Regex Name { get; }

    /// <summary>Every plain path and pattern, and all folders above any source, one a line.</summary>
    public static string Names(CataloguePaths paths)
    {
        var asked = paths.Files.Where(source => !CataloguePaths.IsFolder(source)).Select(source => source.Pattern);
        var above = paths.Files.SelectMany(source => Above(source.Pattern));
        var words = asked.Concat(above).Distinct().Order(StringComparer.Ordinal).Select(Glob);
        return string.Concat(words.Prepend(".").Select((word, at) => (at == 0 ? "" : " \\\n") + "        " + word)) + "\n";
    }

    /// <summary>One walk for all folders that leave out the same.</summary>
    public static string Folders(CataloguePaths paths)
    {
        var walks =
            from source in paths.Files.Where(CataloguePaths.IsFolder)
            group Glob(source.Pattern[..^3]) by Prune(source.Except) into alike
            select $"    walk {Quote(alike.Key)} \\\n        {string.Join(" \\\n        ", alike.Distinct())}\n";
        return string.Concat(walks);
    }

    public static string Tools(IEnumerable<(string Component, Source.Tool Tool)> tools)
    {
        var text = new StringBuilder();
        foreach (var (component, tool) in tools)
        {
            if (!Name.IsMatch(component) || !Name.IsMatch(tool.Name))
                throw new ArgumentException($"'{component}:{tool.Name}' is no name of a tool", nameof(tools));
            text.Append(CultureInfo.InvariantCulture,
                $"    {(tool.WorksOnTree ? "tool" : "live")} {component}:{tool.Name} {tool.TimeLimit} {Quote(tool.Needs)} {Quote(tool.Command)}");
            text.Append(tool.Filter is { } filter ? $" \\\n        {Quote(filter)}\n" : "\n");
        }
        return text.ToString();
    }

    private static IEnumerable<string> Above(string pattern)
    {
        var folder = pattern.EndsWith("/**", StringComparison.Ordinal) ? pattern[..^3] : pattern;
        for (var slash = folder.LastIndexOf('/'); slash > 0; slash = folder.LastIndexOf('/'))
        {
            folder = folder[..slash];
            yield return folder;
        }
    }

    private static string Prune(IReadOnlyList<string> except) => string.Join(" -o ",
        except.Order(StringComparer.Ordinal).Select(pattern => $"-path {Quote(pattern.StartsWith('/') ? "." + pattern : pattern)}"));

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // Only the pattern's own signs stand outside quotes.
    private static string Glob(string pattern)
    {
        var text = new StringBuilder(".");
        var literal = new StringBuilder();
        foreach (var sign in pattern)
        {
            if (!"*?[]!^-".Contains(sign, StringComparison.Ordinal))
                literal.Append(sign);
            else
            {
                Flush();
                text.Append(sign);
            }
        }
        Flush();
        return text.ToString();

        void Flush()
        {
            if (literal.Length > 0)
                text.Append(literal.ToString().All(IsPlain) ? literal.ToString() : Quote(literal.ToString()));
            literal.Clear();
        }
    }

    private static bool IsPlain(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '.' or '_' or '+' or ',' or '@';
}
