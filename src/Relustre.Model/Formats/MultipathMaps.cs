namespace Relustre.Formats;

/// <summary>
/// What <c>multipath -ll</c> prints: a map, its LUN, its size and how it is used, and how many paths are in which state. Which sd is
/// which path, and which group is in use, changes by itself.
/// </summary>
internal sealed class MultipathMaps : Format
{
    private static readonly string[] Features = ["size", "features", "hwhandler", "wp"];

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var map = "";
        var paths = new List<(string Map, string State)>();
        var settings = new List<Setting>();
        foreach (var line in text.TrimmedLines)
        {
            var words = line.TrimStart('|', '`', '-', '+', '\\', '_', ' ').Words;
            if (words is [var name, ['(', .. var wwid, ')'], ['d', 'm', '-', ..], .. var product])
                settings.AddRange([new($"{map = name} wwid", wwid), new($"{name} product", string.Join(' ', product))]);
            else if (words is [var lone, ['d', 'm', '-', ..], .. var rest])
                settings.AddRange([new($"{map = lone} wwid", lone), new($"{lone} product", string.Join(' ', rest))]);
            else if (line.StartsWith("size=", StringComparison.Ordinal))
                settings.AddRange(Formats.Pairs.In(line.Replace('\'', '"')).Where(pair => Features.Contains(pair.Key)).Select(pair => pair with { Key = $"{map} {pair.Key}" }));
            else if (words is [var address, ['s' or 'n' or 'v', ..], [>= '0' and <= '9', ..], .. var state] && address.Contains(':', StringComparison.Ordinal))
                paths.Add((map, string.Join(' ', state)));
        }
        return [.. settings, .. paths.CountBy(path => path).Select(path => new Setting($"{path.Key.Map} paths {path.Key.State}", $"{path.Value}"))];
    }
}
