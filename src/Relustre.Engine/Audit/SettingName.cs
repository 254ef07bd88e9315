using Relustre.Sites;

namespace Relustre.Audit;

/// <summary>Finds the settings that an administrator means, among those that there ever were.</summary>
internal static class SettingName
{
    private const int Most = 20;

    /// <summary>The whole key; else the key within its file or tool; else its last part; of the first that anything answers to, all.</summary>
    /// <exception cref="NotBlamedException">Nothing does, or so much that nobody can have meant it.</exception>
    public static IReadOnlyList<string> Find(string wanted, IReadOnlyList<string> keys)
    {
        List<string>[] ranks =
        [
            [.. keys.Where(key => key == wanted)],
            [.. keys.Where(key => Within(key) == wanted)],
            [.. keys.Where(key => Within(key).EndsWith("." + wanted, StringComparison.Ordinal))],
        ];
        var found = ranks.FirstOrDefault(rank => rank.Count > 0)
            ?? throw new NotBlamedException($"no snapshot has a setting '{wanted}'{Near(wanted, keys)}");
        return found.Count <= Most ? found : throw new NotBlamedException(
            $"{found.Count} settings answer to '{wanted}', such as '{found[0]}': give the whole of one");
    }

    // "PLACE: KEY"
    private static string Within(string key) => key.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var end ? key[(end + 2)..] : key;

    private static string Near(string wanted, IReadOnlyList<string> keys) =>
        Spelling.DidYouMean(wanted, keys.Select(Within).Distinct()) is { Length: > 0 } meant
            ? meant
            : keys.Count > 0 ? $"; there are {keys.Count}, such as '{Within(keys[0])}'" : "";
}
