namespace Relustre.Cli.Output;

/// <summary>Makes long values fit: what tells two of them apart stands more often at their ends than in the middle.</summary>
internal static class Shorten
{
    /// <summary>At most <paramref name="most"/> characters, with "…" where some were left out.</summary>
    public static string Middle(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var head = Math.Max(1, most / 2);
        var tail = Math.Max(0, most - head - 1);
        // Half a character would be an odd sign of its own.
        if (char.IsHighSurrogate(text[head - 1]))
            head--;
        if (tail > 0 && char.IsLowSurrogate(text[^tail]))
            tail--;
        return $"{text[..head]}…{text[^tail..]}";
    }

    /// <summary>Safe to show on one line, and no longer than <paramref name="most"/>; a megabyte takes no longer than a word.</summary>
    public static string Line(string text, int most) => Middle(Printable.Line(Middle(text, most * 2)), most);
}
