using System.Buffers;

namespace Relustre;

/// <summary>
/// The secrets that one place is known to hold, on either side of a comparison: where its text is damaged they stand under another name, or as a name, and
/// are told by what they are.
/// </summary>
internal sealed class KnownSecrets
{
    // Shorter words stand in too much that is harmless.
    private const int Shortest = 6;

    private static readonly char[] dividers = [' ', '\t', ',', ';', ':', '=', '@', '/', '"', '\'', '&', '?', '<', '>', '(', ')'];

    private readonly SearchValues<string>? words;

    public static KnownSecrets None { get; } = new([], [], []);

    /// <param name="settings">Of both sides.</param>
    /// <param name="names">What both sides call something is no secret, though a sealed value be the same: "ethernet" of a sealed profile.</param>
    /// <param name="lines">Lines that may hold a secret: whatever a format takes for a name in them may be it, but for what is called like a secret.</param>
    public KnownSecrets(IEnumerable<Setting> settings, IEnumerable<string> names, IEnumerable<string> lines)
    {
        var publicNames = string.Join('\n', names);
        string[] known =
        [
            .. settings.Where(setting => setting.IsSecret).SelectMany(setting => Words(setting.Value)).Distinct()
                .Where(word => word.Length >= Shortest && !publicNames.Contains(word, StringComparison.Ordinal)),
            .. lines.SelectMany(Words).Distinct().Where(word => word.Length >= Shortest && !SecretText.IsNamed(word)),
        ];
        words = known.Length == 0 ? null : SearchValues.Create(known, StringComparison.Ordinal);
    }

    /// <summary>The same difference, without the secrets that are not marked as such.</summary>
    public Difference Without(Difference difference)
    {
        if (words is null)
            return difference;
        // The place is a path or a tool: not what a text says.
        var place = new Setting(difference.Key, "").Place;
        var isName = IsIn(difference.Key[place.Length..]);
        return difference with
        {
            Key = isName ? $"{place}: {SecretText.HiddenName}" : difference.Key,
            IsSecret = difference.IsSecret || isName || IsIn(difference.Wanted) || IsIn(difference.Found),
        };
    }

    /// <summary>Whether a line holds one of them.</summary>
    public bool AreIn(string line) => words is not null && IsIn(line);

    private bool IsIn(string? text) => text is not null && text.AsSpan().ContainsAny(words!); // Who asks has looked.

    // Of a value in which a password is one word of many, those are taken that look like one.
    private static IEnumerable<string> Words(string value) => value.Split(dividers, StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var only] => [only],
        var many => [value, .. many.Where(word => word.Any(char.IsAsciiDigit))],
    };
}
