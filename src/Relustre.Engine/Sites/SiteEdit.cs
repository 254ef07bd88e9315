namespace Relustre.Sites;

/// <summary>
/// Adds and removes servers in the text of a site.yaml and leaves every other byte alone: somebody's comments are worth more
/// than our layout. Adding and removing again gives the same bytes.
/// </summary>
internal static class SiteEdit
{
    public static string Add(string text, HostEntry host)
    {
        var edited = Hosts(text) switch
        {
            { Value: YamlValue.List { IsFlow: true } list } => AddInBrackets(text, list, host),
            { Value: YamlValue.List list } => InsertLines(text, list.End, HostText.Lines(host, list.Start.Column - 1)),
            { Key: var key, Value: YamlValue.Text nothing } => AddFirst(text, key, nothing, host),
            _ => InsertLines(text, at: new(text.Length, 0, 0), ["hosts:", .. HostText.Lines(host, indent: 2)]),
        };
        return Verified(edited, text, names => [.. names, host.Name]);
    }

    public static string Remove(string text, string name)
    {
        var edited = Hosts(text)?.Value is YamlValue.List list && IndexOf(list, name) is >= 0 and var index
            ? list.IsFlow ? RemoveFromBrackets(text, list, index) : RemoveLines(text, list, list.Items[index])
            : text;
        return Verified(edited, text, names => names.Where(other => other != name));
    }

    /// <summary>What stands under a key at the top.</summary>
    public static YamlEntry? Entry(string text, string name) => YamlText.Read(text) is YamlValue.Map map
        ? map.Entries.FirstOrDefault(entry => entry.Key.Value == name)
        : null;

    private static YamlEntry? Hosts(string text) => Entry(text, "hosts");

    private static int IndexOf(YamlValue.List list, string name) => list.Items.ToList().FindIndex(item =>
        item is YamlValue.Map map && map.Entries.Any(entry => entry is { Key.Value: "name", Value: YamlValue.Text text } && text.Value == name));

    private static string AddInBrackets(string text, YamlValue.List list, HostEntry host) => list.Items is [.., var last]
        ? text.Insert(last.End.Index, ", " + HostText.Braces(host))
        : text.Insert(list.Start.Index + 1, HostText.Braces(host));

    private static string AddFirst(string text, YamlValue.Text key, YamlValue.Text nothing, HostEntry host)
    {
        // A written null ("hosts: ~") makes room for the list.
        var cleared = nothing.Value.Length == 0 ? text : text.Remove(nothing.Start.Index, nothing.Value.Length);
        return InsertLines(cleared, key.End, HostText.Lines(host, indent: 2));
    }

    /// <summary>Puts whole lines behind the line that <paramref name="at"/> stands on.</summary>
    public static string InsertLines(string text, YamlSpot at, IEnumerable<string> lines)
    {
        var newline = NewLine(text);
        var end = LineEnd(text, LastCharacter(text, at));
        var added = string.Join(newline, lines);
        return end < text.Length || text.Length == 0 || text.EndsWith('\n')
            ? text.Insert(end == text.Length ? end : end + 1, added + newline)
            : text + newline + added;
    }

    private static string RemoveFromBrackets(string text, YamlValue.List list, int index)
    {
        var item = list.Items[index];
        var (from, to) = index > 0
            ? (list.Items[index - 1].End, item.End)
            : (item.Start, list.Items.Count > 1 ? list.Items[1].Start : item.End);
        return text.Remove(from.Index, to.Index - from.Index);
    }

    private static string RemoveLines(string text, YamlValue.List list, YamlValue item)
    {
        var from = LineStart(text, item.Start.Index);
        while (text[from + list.Start.Column - 1] != '-')
            from = LineStart(text, from - 1);
        var to = LineEnd(text, LastCharacter(text, item.End));
        if (to < text.Length)
            return text.Remove(from, to + 1 - from);
        // The last line without an end: the one before it takes that place.
        return text[..Math.Max(0, from - (from == 0 ? 0 : NewLine(text).Length))];
    }

    private static string Verified(string edited, string original, Func<IEnumerable<string>, IEnumerable<string>> change)
    {
        var wanted = change(Names(original));
        var found = SiteFileReader.Read(edited, SiteFile.Name).Hosts.Select(host => host.Name);
        return wanted.SequenceEqual(found)
            ? edited
            : throw new SiteException($"the hosts in {SiteFile.Name} are laid out in a way that is not safe to edit by machine; nothing was changed. Edit it by hand");
    }

    private static IEnumerable<string> Names(string text) => SiteFileReader.Read(text, SiteFile.Name).Hosts.Select(host => host.Name);

    private static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    // A block text ends where the next line starts.
    private static int LastCharacter(string text, YamlSpot at) =>
        at is { Index: > 0, Column: 1 } && text[at.Index - 1] == '\n' ? at.Index - 1 : at.Index;

    private static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    private static int LineEnd(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
}
