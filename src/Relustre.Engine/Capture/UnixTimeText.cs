using System.Buffers.Text;

namespace Relustre.Capture;

/// <summary>Reads times as find and tar print them: seconds, a dot, a fraction of any length.</summary>
internal static class UnixTimeText
{
    /// <summary>Null: no time. The fraction counts forward, also for times before 1970, as find prints them.</summary>
    public static UnixTime? Parse(ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out long seconds, out var used))
            return null;
        if (used == text.Length)
            return new(seconds, 0);
        if (text[used] != '.')
            return null;
        var nanoseconds = 0;
        for (var (at, unit) = (used + 1, 100_000_000); at < text.Length; at++, unit /= 10)
        {
            if (!char.IsAsciiDigit((char)text[at]))
                return null;
            nanoseconds += (text[at] - '0') * unit;
        }
        return new(seconds, nanoseconds);
    }
}
