namespace Relustre.Formats;

/// <summary>
/// What tools print for people to read: <c>key: value</c> or <c>key = value</c>, indented below what it belongs to. With
/// <paramref name="isSorted"/> the words of a value are a set.
/// </summary>
internal sealed class Outline(bool isSorted = false) : Format
{
    private const int MaxKey = 200;

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var open = new Stack<(int Indent, string Key)>();
        var settings = new List<Setting>();
        var lines = text.Split('\n').Select(line => line.TrimEnd()).Where(line => !line.IsComment).ToList();
        for (var at = 0; at < lines.Count; at++)
        {
            var indent = IndentOf(lines[at]);
            while (open.TryPeek(out var above) && above.Indent >= indent)
                open.Pop();
            var (name, value) = Split(lines[at].Trim());
            var prefix = open.TryPeek(out var parent) ? $"{parent.Key}." : "";
            var hasMore = at + 1 < lines.Count && IndentOf(lines[at + 1]) > indent && open.Count < Block.MaxDepth;
            // "public (active)": which zone has an interface just now is told by its interfaces.
            var label = hasMore && value.Length > 0 ? $"{name}({value})" : isSorted && name.IndexOf(" (", StringComparison.Ordinal) is > 0 and var note ? name[..note] : name;
            if (hasMore)
                open.Push((indent, Short(prefix + label)));
            else
                settings.Add(new(Short(prefix + name), isSorted ? string.Join(' ', value.Words.Order(StringComparer.Ordinal)) : value));
        }
        return settings;
    }

    private static string Short(string key) => key.Length > MaxKey ? key[..MaxKey] : key;

    // A tab is worth as much as to the next multiple of eight.
    private static int IndentOf(string line)
    {
        var indent = 0;
        foreach (var unit in line)
        {
            if (unit is not (' ' or '\t'))
                return indent;
            indent = unit == '\t' ? (indent / 8 * 8) + 8 : indent + 1;
        }
        return indent;
    }

    private static (string Name, string Value) Split(string line)
    {
        var at = line.AsSpan().IndexOfAny(':', '=');
        // "mac 00:25:90" is a heading or a value, "addr = 10.0.0.1" and "port: 1" are pairs.
        return at < 0 || (at + 1 < line.Length && line[at] == ':' && !char.IsWhiteSpace(line[at + 1]))
            ? (line, "")
            : (string.Join(' ', line[..at].Words), string.Join(' ', line[(at + 1)..].Words));
    }
}
