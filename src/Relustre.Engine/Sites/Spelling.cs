namespace Relustre.Sites;

/// <summary>Finds the word that somebody meant, for "did you mean": in site.yaml and on the command line.</summary>
public static class Spelling
{
    /// <summary>The nearest of <paramref name="known"/>; null where none is near enough to be meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        // Distances cost length times length, and nobody mistypes a word of this length.
        if (word.Length > 64)
            return null;
        var ranked =
            from candidate in known
            let distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())
            where distance <= Math.Max(1, Math.Min(word.Length, candidate.Length) / 3)
            orderby distance, candidate
            select candidate;
        return ranked.FirstOrDefault();
    }

    /// <summary>The sentence to append to a message: empty where nothing is near.</summary>
    public static string DidYouMean(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } meant ? $"; did you mean '{meant}'?" : "";

    // Swapped neighbours count as one mistake, since fingers make it as one.
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[left.Length, right.Length];
    }
}
