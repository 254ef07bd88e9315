namespace Relustre.Formats;

/// <summary><c>name { key: value }</c> as Corosync has it, and <c>name { key "value" }</c> as multipath has it.</summary>
internal sealed class Braces : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) => Parse(text).Settings();

    public static Block Parse(string text)
    {
        var open = new Stack<Block>([new Block("")]);
        var ignored = 0;
        foreach (var line in text.EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed[0] is '#' or '!')
                continue;
            foreach (var (piece, end) in Pieces(trimmed.ToString()))
                ignored = Take(piece, end, open, ignored);
        }
        return open.Last();
    }

    private static int Take(string piece, char end, Stack<Block> open, int ignored)
    {
        if (end == '{' && open.Count > Block.MaxDepth)
            return ignored + 1;
        if (end == '{')
            Open(piece, open);
        else if (piece.Length > 0)
            open.Peek().Values.Add(Value(piece));
        if (end == '}' && ignored > 0)
            return ignored - 1;
        if (end == '}' && open.Count > 1)
            open.Pop();
        return ignored;
    }

    private static void Open(string name, Stack<Block> open)
    {
        var block = new Block(name.TrimEnd(':'));
        open.Peek().Blocks.Add(block);
        open.Push(block);
    }

    // One line may hold "name { key value }"; a brace in quotes (a pattern of device names) is text.
    private static IEnumerable<(string Piece, char End)> Pieces(string line)
    {
        var quoted = false;
        var start = 0;
        for (var at = 0; at < line.Length; at++)
        {
            quoted ^= line[at] == '"';
            if (quoted || line[at] is not ('{' or '}'))
                continue;
            yield return (line[start..at].Trim(), line[at]);
            start = at + 1;
        }
        if (line[start..].Trim() is { Length: > 0 } rest && rest[0] is not ('#' or '!'))
            yield return (rest, '\n');
    }

    private static (string Key, string Value) Value(string piece)
    {
        var end = piece.AsSpan().IndexOfAny(" \t:");
        if (end < 0)
            return (piece, "");
        var isColon = piece.AsSpan(end).TrimStart().StartsWith(":");
        var value = piece.AsSpan(end).TrimStart(" \t:".AsSpan()).ToString();
        return (piece[..end], isColon ? value : Unquoted(value));
    }

    private static string Unquoted(string value)
    {
        if (value.StartsWith('"') && value.IndexOf('"', 1) is > 0 and var close)
            return value[1..close];
        var comment = value.AsSpan().IndexOfAny('#', '!');
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
