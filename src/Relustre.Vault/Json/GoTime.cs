using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Relustre.Vault.Json;

/// <summary>Times as Go writes them: RFC 3339, up to nine digits of a second, no zeros at the end, always in UTC here.</summary>
internal static class GoTime
{
    /// <summary>Go's zero time, 0001-01-01T00:00:00Z: "no time".</summary>
    public static readonly NodeTime Zero = new(MinSeconds, 0);

    private const long MinSeconds = -62135596800;
    private const long MaxSeconds = 253402300799;

    public static NodeTime From(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        var seconds = (long)Math.Floor(ticks / (double)TimeSpan.TicksPerSecond);
        return new NodeTime(seconds, (int)(ticks - (seconds * TimeSpan.TicksPerSecond)) * 100);
    }

    public static DateTimeOffset ToDateTime(NodeTime time) => new(
        DateTime.UnixEpoch.Ticks + (time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100), TimeSpan.Zero);

    public static void Write(GoJson json, NodeTime time)
    {
        // A year that RFC 3339 cannot say would make the whole tree unreadable.
        var seconds = Math.Clamp(time.Seconds, MinSeconds, MaxSeconds);
        var moment = DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond);
        Span<byte> text = stackalloc byte[40];
        moment.TryFormat(text, out var size, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (time.Nanoseconds is > 0 and <= 999_999_999)
        {
            text[size++] = (byte)'.';
            time.Nanoseconds.TryFormat(text[size..], out _, "D9", CultureInfo.InvariantCulture);
            size += 9;
            while (text[size - 1] == '0')
                size--;
        }

        json.Raw("\""u8).Raw(text[..size]).Raw("Z\""u8);
    }

    public static NodeTime Read(ref Utf8JsonReader reader)
    {
        JsonInput.Expect(ref reader, JsonTokenType.String);
        return TryParse(reader.ValueSpan, out var time)
            ? time
            : throw new JsonException($"'{Encoding.ASCII.GetString(reader.ValueSpan[..Math.Min(40, reader.ValueSpan.Length)])}' is no time");
    }

    internal static bool TryParse(ReadOnlySpan<byte> text, out NodeTime time)
    {
        time = default;
        if (text.Length < 20 || !TryParseMoment(text, out var moment))
            return false;
        var rest = text[19..];
        if (!TryParseFraction(ref rest, out var nanoseconds) || !TryParseOffset(rest, out var offset))
            return false;
        var seconds = ((moment.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset;
        time = new NodeTime(seconds, nanoseconds);
        return true;
    }

    private static bool TryParseMoment(ReadOnlySpan<byte> text, out DateTime moment)
    {
        moment = default;
        return text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':'
            && Digits(text[..4], out var year) && Digits(text[5..7], out var month) && Digits(text[8..10], out var day)
            && Digits(text[11..13], out var hour) && Digits(text[14..16], out var minute) && Digits(text[17..19], out var second)
            && year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour <= 23 && minute <= 59 && second <= 59
            && Make(year, month, day, (hour * 3600) + (minute * 60) + second, out moment);
    }

    private static bool Make(int year, int month, int day, int seconds, out DateTime moment)
    {
        moment = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).AddTicks(seconds * TimeSpan.TicksPerSecond);
        return true;
    }

    private static bool TryParseFraction(ref ReadOnlySpan<byte> rest, out int nanoseconds)
    {
        nanoseconds = 0;
        if (rest[0] != '.')
            return true;
        rest = rest[1..];
        var count = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (count is < 1 or > 9 || !Digits(rest[..count], out nanoseconds))
            return false;
        for (var digit = count; digit < 9; digit++)
            nanoseconds *= 10;
        rest = rest[count..];
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> rest, out int seconds)
    {
        seconds = 0;
        if (rest is [(byte)'Z'])
            return true;
        if (rest is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _]
            || !Digits(rest[1..3], out var hours) || !Digits(rest[4..6], out var minutes) || hours > 24 || minutes > 59)
            return false;
        seconds = ((hours * 3600) + (minutes * 60)) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
