using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Relustre.Capture;

/// <summary>Writes sources as shell text. Whatever a pattern holds, the shell only ever expands names from it.</summary>
internal static partial class ScriptText
{
    [GeneratedRegex("^[A-Za-z0-9._+-]+$")]
    private static partial Regex Name { get; }

    public static string Tools(IEnumerable<(string Component, Source.Tool Tool)> tools)
    {
        var text = new StringBuilder();
        foreach (var (component, tool) in tools)
        {
            if (!Name.IsMatch(component) || !Name.IsMatch(tool.Name))
                throw new ArgumentException($"'{component}:{tool.Name}' is no name of a tool", nameof(tools));
            text.Append(CultureInfo.InvariantCulture,
                $"    {(tool.WorksOnTree ? "tool" : "live")} {component}:{tool.Name} {tool.TimeLimit} {Quote(tool.Needs)} {Quote(tool.Command)}");
            if ((tool.Filter, tool.Reads) is not (null, []))
                text.Append(CultureInfo.InvariantCulture, $" \\\n        {Quote(tool.Filter ?? "")}");
            if (tool.Reads is not [])
                text.Append(CultureInfo.InvariantCulture, $" \\\n        {Quote(string.Join(' ', tool.Reads.Select(Read)))}");
            text.Append('\n');
        }
        return text.ToString();
    }

    // The shell splits them into words and expands their patterns.
    private static string Read(string pattern) => pattern.StartsWith('/') && pattern.All(sign => IsPlain(sign) || sign is '*' or '-')
        ? "." + pattern
        : throw new ArgumentException($"'{pattern}' is no path or pattern that a tool may read", nameof(pattern));

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Only the pattern's own signs stand outside quotes.</summary>
    public static string Glob(string pattern)
    {
        var text = new StringBuilder();
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
