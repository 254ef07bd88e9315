using System.Text;

namespace Relustre.Rules;

/// <summary>Takes out of a text whose it is: words for the server itself and for its partners stand for their names, addresses and cards.</summary>
internal sealed class NeutralWords
{
    private readonly Dictionary<string, string> words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly IReadOnlyList<int> lengths;

    public NeutralWords(ServerView server, IReadOnlyList<ServerView> servers)
    {
        foreach (var word in new OwnNames(server).Words)
            words.TryAdd(word, "(self)");
        foreach (var word in servers.Where(other => other.Host != server.Host).SelectMany(other => new OwnNames(other).Words))
            words.TryAdd(word, "(partner)");
        lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        lengths = [.. words.Keys.Select(word => word.Length).Distinct().OrderDescending()];
    }

    public string In(string text)
    {
        var neutral = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var (length, word) = At(text, at);
            neutral.Append(word ?? text[at..(at + 1)]);
            at += length;
        }
        return neutral.ToString();
    }

    // The longest one counts: "mds1.lfs.example" before "mds1"; and 10.0.0.1 is not in 10.0.0.11.
    private (int Length, string? Word) At(string text, int at)
    {
        if (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            foreach (var length in lengths)
                if (IsWhole(text, at + length) && lookup.TryGetValue(text.AsSpan(at, length), out var word))
                    return (length, word);
        return (1, null);
    }

    private static bool IsWhole(string text, int end) => end <= text.Length && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end]));
}
