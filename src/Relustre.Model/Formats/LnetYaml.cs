namespace Relustre.Formats;

/// <summary>As much of YAML as lnetctl writes: nested maps, lists of maps and scalars; anything else is read as text.</summary>
internal sealed class LnetYaml : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) => Parse(text).Settings();

    public static Block Parse(string text)
    {
        var open = new Stack<(int Indent, bool IsItem, Block Block)>([(-1, false, new Block(""))]);
        foreach (var line in text.EnumerateLines())
        {
            var content = line.Trim();
            if (content.IsEmpty || content[0] == '#' || content is "---" or "...")
                continue;
            Take(line.Length - line.TrimStart().Length, content.ToString(), open);
        }
        return open.Last().Block;
    }

    private static void Take(int indent, string content, Stack<(int Indent, bool IsItem, Block Block)> open)
    {
        var isItem = content is ['-', ' ', ..] or "-";
        // A list may stand as deep as the key that it belongs to.
        while (open.Count > 1 && (open.Peek().Indent > indent || (open.Peek().Indent == indent && (!isItem || open.Peek().IsItem))))
            open.Pop();
        if (!isItem)
        {
            Entry(indent, content, open);
            return;
        }
        var rest = content[1..].TrimStart();
        if (Separator(rest) < 0 && rest.Length > 0)
        {
            open.Peek().Block.Values.Add(("", Unquoted(rest)));
            return;
        }
        Push(indent, isItem: true, "", open);
        if (rest.Length > 0)
            Entry(indent + content.Length - rest.Length, rest, open);
    }

    private static void Entry(int indent, string content, Stack<(int Indent, bool IsItem, Block Block)> open)
    {
        var separator = Separator(content);
        var key = Unquoted(separator < 0 ? content : content[..separator]);
        var value = separator < 0 ? "" : content[(separator + 1)..].Trim();
        if (separator >= 0 && value.Length == 0)
            Push(indent, isItem: false, key, open);
        else
            open.Peek().Block.Values.Add((key, Unquoted(value)));
    }

    private static void Push(int indent, bool isItem, string name, Stack<(int Indent, bool IsItem, Block Block)> open)
    {
        if (open.Count > Block.MaxDepth)
            return;
        var block = new Block(name);
        open.Peek().Block.Blocks.Add(block);
        open.Push((indent, isItem, block));
    }

    // "10.0.0.1@tcp:12" is a scalar: a key's colon is followed by a blank or nothing.
    private static int Separator(string text)
    {
        var at = text.IndexOf(": ", StringComparison.Ordinal);
        return at >= 0 ? at : text.EndsWith(':') ? text.Length - 1 : -1;
    }

    private static string Unquoted(string text) =>
        text is ['"', .. var quoted, '"'] ? quoted : text is ['\'', .. var single, '\''] ? single : text;
}
