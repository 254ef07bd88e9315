using System.Buffers;
using System.Text;

namespace Relustre;

/// <summary>
/// A Linux name is any bytes but NUL and slash; a <see cref="string"/> here holds it without loss: valid UTF-8 as itself,
/// every other byte as the lone surrogate U+DC00 + byte (Python's "surrogateescape").
/// </summary>
public static class UnixPath
{
    private const char Escape = '\uDC00';

    /// <summary>The text of raw name bytes; <see cref="Encode"/> gives the same bytes back, whatever they are.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done)
                text.Append(rune.ToString());
            else
                foreach (var odd in bytes[..used])
                    text.Append((char)(Escape + odd));
            bytes = bytes[used..];
        }
        return text.ToString();
    }

    /// <summary>The raw bytes behind <paramref name="path"/>.</summary>
    public static byte[] Encode(string path)
    {
        if (Ascii.IsValid(path))
            return Encoding.ASCII.GetBytes(path);
        var bytes = new ArrayBufferWriter<byte>(path.Length * 3);
        for (var at = 0; at < path.Length; at++)
        {
            if (IsEscaped(path[at]))
                bytes.Write([(byte)(path[at] - Escape)]);
            else if (Rune.TryGetRuneAt(path, at, out var rune))
            {
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
                at += rune.Utf16SequenceLength - 1;
            }
            else
                throw new ArgumentException("a lone surrogate that escapes no byte", nameof(path));
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Whether the name is valid UTF-8, so that any program shows it as it is.</summary>
    public static bool IsUtf8(string path) => !HasEscape(path);

    private static bool HasEscape(string path)
    {
        for (var at = 0; at < path.Length; at++)
        {
            if (char.IsHighSurrogate(path[at]))
                at++;
            else if (IsEscaped(path[at]))
                return true;
        }
        return false;
    }

    // A pair never starts with a low surrogate, so a low one in first place is always an escaped byte.
    private static bool IsEscaped(char unit) => unit is >= '\uDC80' and <= '\uDCFF';
}
