using System.Text;

namespace Relustre.Formats;

/// <summary>nftables' own language: tables and chains in braces, rules in the order in which they are asked.</summary>
internal sealed class NftRules : Format
{
    private const int MaxKey = 200;

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var open = new Stack<string>();
        var ignored = 0;
        foreach (var statement in Statements(text))
        {
            if (statement == "}")
            {
                if (ignored > 0)
                    ignored--;
                else
                    open.TryPop(out _);
            }
            else if (statement.EndsWith('{'))
            {
                if (open.Count >= Block.MaxDepth)
                    ignored++;
                else
                    open.Push(Short(string.Join('.', [.. open.Take(1), statement[..^1].TrimEnd()])));
            }
            else
                yield return Rule(open.TryPeek(out var place) ? place : "", statement);
        }
    }

    // The elements of a set have no order; everything else has.
    private static Setting Rule(string place, string statement) => statement.StartsWith("elements = ", StringComparison.Ordinal)
        ? new Setting(Short($"{place}.elements"), string.Join(' ', statement["elements = ".Length..].Replace(",", " ", StringComparison.Ordinal).Words.Order(StringComparer.Ordinal)))
        : new Setting(place.Length == 0 ? "(top)" : place, statement) { Sequence = place };

    private static string Short(string key) => key.Length > MaxKey ? key[..MaxKey] : key;

    // A statement ends with its line, but for a set of values that goes on until its brace is closed.
    private static IEnumerable<string> Statements(string text)
    {
        var statement = new StringBuilder();
        var depth = 0;
        foreach (var line in text.JoinedLines.Where(line => !line.IsComment))
        {
            var content = string.Join(' ', line.WithoutTrailingComment.Words).TrimEnd(';');
            if (content.Length == 0)
                continue;
            var opensBlock = statement.Length == 0 && content.EndsWith('{') && !content.Contains("elements =", StringComparison.Ordinal);
            statement.Append(statement.Length == 0 ? "" : " ").Append(content);
            depth += opensBlock || (statement.Length == 1 && content == "}") ? 0 : content.Count(unit => unit == '{') - content.Count(unit => unit == '}');
            if (depth > 0)
                continue;
            yield return statement.ToString();
            statement.Clear();
            depth = 0;
        }
        if (statement.Length > 0)
            yield return statement.ToString();
    }
}
