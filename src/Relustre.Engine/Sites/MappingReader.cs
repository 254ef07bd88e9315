using System.Globalization;

namespace Relustre.Sites;

/// <summary>Takes a mapping's values by key and type; whatever does not fit becomes a problem with its place.</summary>
internal sealed class MappingReader
{
    private readonly Dictionary<string, YamlValue> values = new(StringComparer.Ordinal);
    private readonly ICollection<SiteProblem> problems;

    public MappingReader(YamlValue.Map map, ICollection<SiteProblem> problems, params IReadOnlyList<string> known)
    {
        this.problems = problems;
        foreach (var (key, value) in map.Entries)
        {
            if (!known.Contains(key.Value))
                Report(key.Start, $"unknown key '{key.Value}'{Spelling.DidYouMean(key.Value, known)}");
            else if (!values.TryAdd(key.Value, value))
                Report(key.Start, $"'{key.Value}' is given twice");
        }
    }

    /// <summary>The value behind <paramref name="key"/>; null: not there, or there and empty.</summary>
    public YamlValue? Value(string key) =>
        values.TryGetValue(key, out var value) && value is not YamlValue.Text { IsEmpty: true } ? value : null;

    public string? Text(string key) => Word(key)?.Value;

    /// <summary>A text that <paramref name="check"/> has no complaint about.</summary>
    public string? Text(string key, Func<string, string?> check)
    {
        if (Word(key) is not { } word)
            return null;
        if (check(word.Value) is not { } complaint)
            return word.Value;
        Report(word.Start, $"{key}: {complaint}");
        return null;
    }

    public int? Number(string key, int from, int to)
    {
        if (Word(key) is not { } word)
            return null;
        if (int.TryParse(word.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to)
            return number;
        Report(word.Start, $"{key}: '{word.Value}' is not a number from {from} to {to}");
        return null;
    }

    /// <summary>Bytes: a number, or one with K, M or G behind it.</summary>
    public long? Size(string key)
    {
        if (Word(key) is not { } word)
            return null;
        var shift = word.Value.Length == 0 ? 0 : "KMG".IndexOf(char.ToUpperInvariant(word.Value[^1]), StringComparison.Ordinal) + 1;
        var digits = shift == 0 ? word.Value : word.Value[..^1];
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1L << 32)
            return number << (10 * shift);
        Report(word.Start, $"{key}: '{word.Value}' is not a size such as 500K, 64M or 1G");
        return null;
    }

    public bool? Switch(string key)
    {
        if (Word(key) is not { } word)
            return null;
        if (word.Value is "true" or "false")
            return word.Value == "true";
        Report(word.Start, $"{key}: '{word.Value}' is neither true nor false");
        return null;
    }

    public string? Choice(string key, params IReadOnlyList<string> choices) => Text(key, text =>
        choices.Contains(text) ? null : $"'{text}' is none of {string.Join(", ", choices)}{Spelling.DidYouMean(text, choices)}");

    public IReadOnlyList<YamlValue.Text> Texts(string key) => Items(key, "a list of texts").Select(item =>
    {
        if (item is YamlValue.Text { IsEmpty: false } text)
            return text;
        Report(item.Start, $"{key}: a text is wanted here, this is {item.Kind}");
        return null;
    }).OfType<YamlValue.Text>().ToList();

    public IReadOnlyList<YamlValue> Items(string key, string wanted)
    {
        if (Value(key) is not { } value)
            return [];
        if (value is YamlValue.List list)
            return list.Items;
        Report(value.Start, $"{key}: {wanted} is wanted ('- ' before each), this is {value.Kind}");
        return [];
    }

    public YamlValue.Map? Map(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is YamlValue.Map map)
            return map;
        Report(value.Start, $"{key}: a mapping is wanted ('key: value' lines below it), this is {value.Kind}");
        return null;
    }

    public void Report(YamlSpot at, string message) => problems.Add(new(at.Line, at.Column, message));

    private YamlValue.Text? Word(string key)
    {
        if (Value(key) is not { } value)
            return null;
        if (value is YamlValue.Text text)
            return text;
        Report(value.Start, $"{key}: one value is wanted, this is {value.Kind}");
        return null;
    }
}
