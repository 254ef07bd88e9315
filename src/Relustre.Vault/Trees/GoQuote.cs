using System.Buffers;
using System.Globalization;
using System.Text;

namespace Relustre.Vault.Trees;

/// <summary>Go's way to write any bytes as printable text; names of files are quoted so before they become JSON.</summary>
internal static class GoQuote
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5f).Select(value => (byte)value).Except("\"\\"u8.ToArray())]);

    public static byte[] Quote(ReadOnlySpan<byte> raw)
    {
        if (!raw.ContainsAnyExcept(Plain))
            return raw.ToArray();
        var quoted = new ArrayBufferWriter<byte>(raw.Length * 2);
        while (!raw.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(raw, out var rune, out var size);
            if (status != OperationStatus.Done)
                size = 1;
            Append(quoted, raw[..size], status == OperationStatus.Done ? rune : null);
            raw = raw[size..];
        }

        return quoted.WrittenSpan.ToArray();
    }

    /// <summary>The raw bytes again; null when it is not what <see cref="Quote"/> could have written.</summary>
    public static byte[]? Unquote(ReadOnlySpan<byte> quoted)
    {
        if (!quoted.Contains((byte)'\\'))
            return quoted.ToArray();
        var raw = new ArrayBufferWriter<byte>(quoted.Length);
        while (!quoted.IsEmpty)
        {
            var escape = quoted.IndexOf((byte)'\\');
            if (escape < 0)
                escape = quoted.Length;
            raw.Write(quoted[..escape]);
            quoted = quoted[escape..];
            if (!quoted.IsEmpty && !TryUnescape(raw, ref quoted))
                return null;
        }

        return raw.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> quoted, ReadOnlySpan<byte> raw, Rune? rune)
    {
        if (rune is not { } valid)
            quoted.Write(Encoding.ASCII.GetBytes($"\\x{raw[0]:x2}"));
        else if (ShortForm(valid.Value) is { } letter)
            quoted.Write([(byte)'\\', letter]);
        else if (IsPrintable(valid))
            quoted.Write(raw);
        else
            quoted.Write(Encoding.ASCII.GetBytes(valid.Value switch
            {
                < 0x20 or 0x7f => $"\\x{valid.Value:x2}",
                < 0x10000 => $"\\u{valid.Value:x4}",
                _ => $"\\U{valid.Value:x8}",
            }));
    }

    private static byte? ShortForm(int value) => value switch
    {
        '\a' => (byte)'a',
        '\b' => (byte)'b',
        '\f' => (byte)'f',
        '\n' => (byte)'n',
        '\r' => (byte)'r',
        '\t' => (byte)'t',
        '\v' => (byte)'v',
        '\\' => (byte)'\\',
        '"' => (byte)'"',
        _ => null,
    };

    // Letters, marks, numbers, punctuation, symbols, and of all spaces only the common one.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);

    private static bool TryUnescape(ArrayBufferWriter<byte> raw, ref ReadOnlySpan<byte> quoted)
    {
        if (quoted.Length < 2)
            return false;
        var kind = (char)quoted[1];
        var digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, >= '0' and <= '7' => 3, _ => 0 };
        if (digits == 0)
            return TryUnescapeLetter(raw, kind, ref quoted);
        var start = digits == 3 ? 1 : 2;
        if (quoted.Length < start + digits || !TryParse(quoted[start..(start + digits)], digits == 3 ? 8u : 16u, out var value))
            return false;
        quoted = quoted[(start + digits)..];
        if (digits <= 3)
        {
            raw.Write([(byte)value]);
            return value <= 0xff;
        }

        if (!Rune.IsValid(value))
            return false;
        raw.Advance(new Rune(value).EncodeToUtf8(raw.GetSpan(4)));
        return true;
    }

    private static bool TryUnescapeLetter(ArrayBufferWriter<byte> raw, char kind, ref ReadOnlySpan<byte> quoted)
    {
        const string letters = "abfnrtv\\\"'";
        const string bytes = "\a\b\f\n\r\t\v\\\"'";
        var at = letters.IndexOf(kind, StringComparison.Ordinal);
        if (at < 0)
            return false;
        raw.Write([(byte)bytes[at]]);
        quoted = quoted[2..];
        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> digits, uint radix, out uint value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit) || Convert.ToUInt32(((char)digit).ToString(), 16) is var number && number >= radix)
                return false;
            value = (value * radix) + Convert.ToUInt32(((char)digit).ToString(), 16);
        }

        return true;
    }
}
