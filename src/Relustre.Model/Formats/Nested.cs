using System.Text;

namespace Relustre.Formats;

/// <summary><c>name { key = value }</c> as LVM and xinetd have it, with lists in brackets that may go over several lines.</summary>
internal sealed class Nested : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var open = new Stack<Block>([new Block("")]);
        var (pending, ignored) = ("", 0);
        foreach (var statement in Statements(text))
        {
            var (name, end) = (statement.TrimEnd('{', '}').Trim(), statement[^1]);
            if (end == '}')
            {
                if (ignored > 0)
                    ignored--;
                else if (open.Count > 1)
                    open.Pop();
            }
            else if (end == '{' && open.Count > Block.MaxDepth)
                ignored++;
            else if (end == '{')
            {
                var block = new Block(string.Join(' ', (name.Length > 0 ? name : pending).Words));
                open.Peek().Blocks.Add(block);
                open.Push(block);
                pending = "";
            }
            else if (statement.AsSpan().IndexOf('=') is > 0 and var at)
                open.Peek().Values.Add((statement[..at].TrimEnd('+', '-', ' ', '\t'), string.Join(' ', statement[(at + 1)..].Words)));
            else
                pending = statement;
        }
        return open.Last().Settings();
    }

    // Comments end a line unless they stand in quotes; a bracket that is not closed goes on.
    private static IEnumerable<string> Statements(string text)
    {
        var statement = new StringBuilder();
        var (quoted, brackets) = (false, 0);
        foreach (var line in text.Split('\n'))
        {
            foreach (var unit in line.TrimEnd())
            {
                quoted ^= unit == '"';
                if (unit == '#' && !quoted)
                    break;
                brackets += quoted ? 0 : unit == '[' ? 1 : unit == ']' ? -1 : 0;
                statement.Append(unit);
                if (!quoted && unit is '{' or '}' && brackets <= 0 && Ended(statement) is { } block)
                    yield return block;
            }
            if (brackets > 0)
            {
                statement.Append(' ');
                continue;
            }
            (quoted, brackets) = (false, 0);
            if (Ended(statement) is { } whole)
                yield return whole;
        }
        if (Ended(statement) is { } last)
            yield return last;
    }

    private static string? Ended(StringBuilder statement)
    {
        var whole = statement.ToString().Trim();
        statement.Clear();
        return whole.OrNull;
    }
}
