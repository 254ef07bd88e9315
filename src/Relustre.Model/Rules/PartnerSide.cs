namespace Relustre.Rules;

/// <summary>One server's part in a comparison of partners.</summary>
internal sealed class PartnerSide(Component component, ServerView server, IReadOnlyList<ServerView> servers)
{
    private readonly NeutralWords words = new(server, servers);

    public string Host => server.Host;

    public StatedPlaces Places { get; } = new(component, server.State(component.Name));

    /// <summary>A file tree was not asked what its tools would say.</summary>
    public bool MayTell(string place) =>
        !server.State(component.Name).Tools.Any(tool => tool.Name == place && tool.Outcome == ToolOutcome.NotApplicable);

    /// <summary>With words for the server itself and for its partners in place of their names and addresses.</summary>
    public string Neutral(string text) => words.In(text);

    /// <summary>The settings of an ordered list, one a line.</summary>
    public string InOrder(string place, Func<Setting, bool> counts) => string.Join('\n',
        from setting in Places.At(place)
        where setting.Sequence is not null && counts(setting)
        orderby setting.Sequence
        select $"{setting.Key} {setting.Value}");

    /// <summary>
    /// What the sides say under one key at a place: under the very key where all of them have it, else under the key that is left when
    /// their own names are taken out of it.
    /// </summary>
    public static IEnumerable<IReadOnlyList<(PartnerSide Side, IReadOnlyList<Setting> Settings)>> Matched(
        IReadOnlyList<PartnerSide> sides, string place, Func<Setting, bool> counts)
    {
        var told = sides.Select(side => side.Places.At(place).Where(counts).ToLookup(setting => setting.Key)).ToList();
        var common = told.SelectMany(one => one.Select(same => same.Key)).CountBy(key => key).Where(count => count.Value == sides.Count).Select(count => count.Key).ToHashSet();
        var others = sides.Select((side, at) => told[at].Where(same => !common.Contains(same.Key)).SelectMany(same => same).ToLookup(setting => side.Neutral(setting.Key))).ToList();
        return
        [
            .. common.Select(key => Under(sides, told, key)),
            .. others.SelectMany(one => one.Select(same => same.Key)).Distinct().Select(key => Under(sides, others, key)),
        ];
    }

    private static IReadOnlyList<(PartnerSide, IReadOnlyList<Setting>)> Under(IReadOnlyList<PartnerSide> sides, List<ILookup<string, Setting>> told, string key) =>
        [.. sides.Select((side, at) => (side, (IReadOnlyList<Setting>)[.. told[at][key]]))];
}
