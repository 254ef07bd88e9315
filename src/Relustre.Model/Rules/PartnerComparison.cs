namespace Relustre.Rules;

/// <summary>
/// Compares what the servers of one cluster say of one component, setting by setting: what must be the same, and what must not. Each is
/// told once, however many servers there are.
/// </summary>
/// <param name="covered">Patterns of settings that a rule of its own looks at.</param>
public sealed class PartnerComparison(Component component, IReadOnlyList<string> covered)
{
    /// <summary>The rule of what partners do not agree on.</summary>
    public const string Rule = "partner";

    private const string Missing = "(not there)";

    private const string NextStep = "decide which server is right, and set the other one like it; 'relustre diff' of the two shows the rest";

    /// <summary>Whether anything in it must be alike or unlike between partners.</summary>
    public bool IsNeeded => Matters(component.BetweenPartners) || component.Keys.Any(rule => rule.Meaning is { } meaning && Matters(meaning));

    /// <summary>In the order of the places; the servers must know their <see cref="ServerView.States"/> of it.</summary>
    public IReadOnlyList<Finding> Of(IReadOnlyList<ServerView> servers)
    {
        var sides = servers.Where(server => server.States.ContainsKey(component.Name)).Select(server => new PartnerSide(component, server, servers)).ToList();
        return sides.Count < 2 ? [] :
        [
            .. from place in sides.SelectMany(side => side.Places.Names).Distinct()
               where sides.All(side => side.MayTell(place))
               from finding in At(place, sides)
               select finding,
        ];
    }

    private IEnumerable<Finding> At(string place, List<PartnerSide> sides)
    {
        if (sides.All(side => side.Places.Has(place)))
            return [.. Alike(place, sides), .. Unlike(place, sides)];
        if (!IsSource(place))
            return [];
        var mustBeThere = MeaningOf(place) == KeyMeaning.Shared || sides.SelectMany(side => side.Places.At(place)).Any(setting => MeaningOf(setting.Key) == KeyMeaning.Shared);
        return mustBeThere && !IsCovered(place)
            ? Differing(place, [.. sides.Select(side => (side.Host, side.Places.Has(place) ? side.Places.Summary(place) : side.Places.Absence(place) ?? Missing))], isSecret: false)
            : [];
    }

    // A pool of ZFS is told where it is imported, and belongs to neither node.
    private bool IsSource(string place) => place.StartsWith('/') || component.Sources.OfType<Source.Tool>().Any(tool => tool.Name == place);

    private IEnumerable<Finding> Alike(string place, List<PartnerSide> sides)
    {
        var findings = (from told in PartnerSide.Matched(sides, place, MustBeAlike)
                        where !AreAlike(told)
                        let isSecret = told.Any(one => one.Settings.Any(setting => setting.IsSecret))
                        from finding in Differing(told.SelectMany(one => one.Settings).First().Key, [.. told.Select(one => (one.Side.Host, Text(one.Settings)))], isSecret)
                        select finding).ToList();
        return findings.Count > 0 ? findings : Order(place, sides);
    }

    // The same words, or the same but for whose they are: "peer mds2" on mds1 and "peer mds1" on mds2.
    private static bool AreAlike(IReadOnlyList<(PartnerSide Side, IReadOnlyList<Setting> Settings)> told) =>
        AreEqual(told.Select(one => one.Settings.Select(setting => setting.Value))) || AreEqual(told.Select(one => one.Settings.Select(setting => one.Side.Neutral(setting.Value))));

    private static bool AreEqual(IEnumerable<IEnumerable<string>> values) =>
        values.Select(some => string.Join('\n', some.Order(StringComparer.Ordinal))).Distinct().Take(2).Count() < 2;

    private static string Text(IReadOnlyList<Setting> settings) =>
        settings.Count == 0 ? Missing : string.Join(", ", settings.Select(setting => setting.Value).Order(StringComparer.Ordinal));

    private IEnumerable<Finding> Order(string place, List<PartnerSide> sides)
    {
        var lists = sides.ConvertAll(side => side.InOrder(place, MustBeAlike));
        var neutral = sides.Select((side, at) => side.Neutral(lists[at])).ToList();
        return lists.Distinct().Count() < 2 || neutral.Distinct().Count() < 2 ? []
            : Differing($"{place}: (order)", [.. sides.Select((side, at) => (side.Host, neutral[at] == neutral[0] ? $"as {sides[0].Host}" : "another order"))], isSecret: false);
    }

    private IEnumerable<Finding> Unlike(string place, List<PartnerSide> sides) =>
        from setting in sides.SelectMany(side => side.Places.At(place).Select(setting => (side.Host, Setting: setting)))
        where MeaningOf(setting.Setting.Key) == KeyMeaning.Unique && !IsCovered(setting.Setting.Key) && setting.Setting.Value.Length > 0 && !IsAboutFile(setting.Setting)
        group setting by (setting.Setting.Key, setting.Setting.Value) into same
        let hosts = same.Select(one => one.Host).Distinct().ToList()
        where hosts.Count > 1
        select Told(hosts[0], same.Key.Key, "another on each server",
            $"{PartnerValues.Hosts(hosts)}: {(same.Any(one => one.Setting.IsSecret) ? "the same" : PartnerValues.Short(same.Key.Value))}", "each server of a pair needs its own here");

    private IEnumerable<Finding> Differing(string key, IReadOnlyList<(string Host, string Value)> told, bool isSecret)
    {
        var values = new PartnerValues(told);
        if (values.Differ)
            yield return Told(values.Host, key, isSecret ? values.WantedSecret : values.Wanted, isSecret ? values.FoundSecret : values.Found, "the servers of a pair must agree here");
    }

    private Finding Told(string host, string key, string wanted, string found, string rule)
    {
        var meant = component.RuleOf(key);
        return new Finding(host, component.Name, Rule, key)
        {
            Wanted = wanted,
            Found = found,
            Risk = meant.Risk ?? component.Risk,
            Why = component.Keys.FirstOrDefault(own => own.Matches(key))?.Why is { } why ? $"{rule}: {why}" : rule,
            NextStep = NextStep,
        };
    }

    // Files of one kind and mode are no secret's copy.
    private static bool IsAboutFile(Setting setting) => setting.Key.EndsWith(')') && setting.Key.Contains(": (", StringComparison.Ordinal) && !setting.Key.EndsWith(": (content)", StringComparison.Ordinal);

    private bool MustBeAlike(Setting setting) => MeaningOf(setting.Key) == KeyMeaning.Shared && !IsCovered(setting.Key);

    private KeyMeaning MeaningOf(string key) => component.RuleOf(key).Meaning ?? component.BetweenPartners;

    private bool IsCovered(string key) => covered.Any(pattern => PathPattern.MatchesAcross(pattern, key));

    private static bool Matters(KeyMeaning meaning) => meaning is KeyMeaning.Shared or KeyMeaning.Unique;
}
