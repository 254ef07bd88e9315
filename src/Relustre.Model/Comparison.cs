namespace Relustre;

/// <summary>Compares what two states of one component say. The same function for a server's past, its partner and its restore.</summary>
internal sealed class Comparison(Component component)
{
    /// <summary>In the order in which the places stand in <paramref name="wanted"/>, what is new after it.</summary>
    public IReadOnlyList<Difference> Of(ComponentState wanted, ComponentState found)
    {
        var wantedPlaces = new StatedPlaces(component, wanted);
        var foundPlaces = new StatedPlaces(component, found);
        return
        [
            .. from place in wantedPlaces.Names.Concat(foundPlaces.Names).Select(name => PartOrWhole(name, wantedPlaces, foundPlaces)).Distinct()
               from difference in Between(place, wantedPlaces, foundPlaces)
               select difference,
        ];
    }

    // A cluster that has no CIB at all lacks one thing, not each of its resources.
    private static string PartOrWhole(string place, StatedPlaces wanted, StatedPlaces found) =>
        Setting.WholeOf(place) is var whole && wanted.Has(whole) && found.Has(whole) ? place : whole;

    private IEnumerable<Difference> Between(string place, StatedPlaces wanted, StatedPlaces found) =>
        (wanted.Has(place), found.Has(place)) switch
        {
            (true, false) => Told([Whole(place) with { Wanted = wanted.Summary(place), Found = found.Absence(place) }], KnownSecrets.None),
            (false, true) => Told([Whole(place) with { Wanted = wanted.Absence(place), Found = found.Summary(place) }], KnownSecrets.None),
            _ => Between([.. wanted.At(place)], [.. found.At(place)], () => [.. wanted.SecretLines(place), .. found.SecretLines(place)]),
        };

    // Most places say the same in the same order.
    private IEnumerable<Difference> Between(IReadOnlyList<Setting> wanted, IReadOnlyList<Setting> found, Func<IReadOnlyList<string>> lines) =>
        wanted.SequenceEqual(found) ? [] : Told([.. Unordered(wanted, found), .. Ordered(wanted, found)], new KnownSecrets(wanted.Concat(found), wanted.Select(setting => setting.Key).Intersect(found.Select(setting => setting.Key)), lines()));

    // Why it matters is asked of the key as it is.
    private IEnumerable<Difference> Told(IReadOnlyList<Difference> differences, KnownSecrets secrets) =>
        from difference in differences
        let rule = component.RuleOf(difference.Key)
        where rule.Meaning != KeyMeaning.Noise
        select secrets.Without(difference with { Risk = rule.Risk ?? component.Risk, Why = rule.Why ?? component.Why });

    private Difference Whole(string place) => new(component.Name, place);

    private IEnumerable<Difference> Unordered(IEnumerable<Setting> wanted, IEnumerable<Setting> found)
    {
        var wantedByKey = wanted.Where(setting => setting.Sequence is null).ToLookup(setting => setting.Key);
        var foundByKey = found.Where(setting => setting.Sequence is null).ToLookup(setting => setting.Key);
        return from key in wantedByKey.Select(same => same.Key).Concat(foundByKey.Select(same => same.Key)).Distinct()
               from difference in Valued(Without(wantedByKey[key], foundByKey[key]), Without(foundByKey[key], wantedByKey[key]))
               select difference;
    }

    // Of a key that comes several times, equal values say the same whichever comes first.
    private static List<Setting> Without(IEnumerable<Setting> settings, IEnumerable<Setting> others)
    {
        var counts = others.CountBy(other => other.Value).ToDictionary();
        return [.. settings.Where(setting => !counts.TryGetValue(setting.Value, out var left) || (counts[setting.Value] = left - 1) < 0)];
    }

    private IEnumerable<Difference> Valued(List<Setting> wanted, List<Setting> found) =>
        from at in Enumerable.Range(0, Math.Max(wanted.Count, found.Count))
        select Of(at < wanted.Count ? wanted[at] : null, at < found.Count ? found[at] : null);

    private IEnumerable<Difference> Ordered(IEnumerable<Setting> wanted, IEnumerable<Setting> found)
    {
        var wantedLists = wanted.Where(setting => setting.Sequence is not null).ToLookup(setting => setting.Sequence);
        var foundLists = found.Where(setting => setting.Sequence is not null).ToLookup(setting => setting.Sequence);
        return from name in wantedLists.Select(list => list.Key).Concat(foundLists.Select(list => list.Key)).Distinct()
               from difference in InOrder([.. wantedLists[name]], [.. foundLists[name]])
               select difference;
    }

    // What is gone from one place and has come to another was moved; what is gone and has come under the same key was changed.
    private IEnumerable<Difference> InOrder(IReadOnlyList<Setting> wanted, IReadOnlyList<Setting> found)
    {
        var (gone, come) = SequenceDifference.Between(wanted, found);
        var moved = TakePairs(gone, come, setting => (setting.Key, setting.Value));
        var changed = TakePairs(gone, come, setting => setting.Key);
        return
        [
            .. moved.Select(pair => Of(pair.Gone, pair.Come) with { IsMoved = true }),
            .. changed.Select(pair => Of(pair.Gone, pair.Come)),
            .. gone.Select(setting => Of(setting, null)),
            .. come.Select(setting => Of(null, setting)),
        ];
    }

    /// <summary>Takes out of both lists what is alike by <paramref name="key"/>, each once and in its order.</summary>
    private static List<(Setting Gone, Setting Come)> TakePairs<T>(List<Setting> gone, List<Setting> come, Func<Setting, T> key) where T : notnull
    {
        var places = come.Select((setting, at) => (setting, at)).GroupBy(one => key(one.setting)).ToDictionary(same => same.Key, same => new Queue<int>(same.Select(one => one.at)));
        var pairs = new List<(Setting, Setting)>();
        var taken = new HashSet<int>();
        gone.RemoveAll(setting =>
        {
            if (!places.TryGetValue(key(setting), out var left) || !left.TryDequeue(out var at))
                return false;
            pairs.Add((setting, come[at]));
            return taken.Add(at);
        });
        var here = 0;
        come.RemoveAll(_ => taken.Contains(here++));
        return pairs;
    }

    private Difference Of(Setting? wanted, Setting? found) => new(component.Name, (wanted ?? found)?.Key ?? "")
    {
        Wanted = wanted?.Value,
        Found = found?.Value,
        IsSecret = wanted?.IsSecret == true || found?.IsSecret == true,
    };
}
