using System.Globalization;
using System.Text;

namespace Relustre.Cli.Output;

/// <summary>
/// Makes text that came from elsewhere safe to show: what could command a terminal or hide in it is written out as an escape.
/// Every text that a command prints goes through here.
/// </summary>
internal static class Printable
{
    /// <summary>One line: line ends and tabs are escaped too.</summary>
    public static string Line(string text) => Escaped(text, keepsLayout: false);

    /// <summary>Several lines: line feeds and tabs stay.</summary>
    public static string Text(string text) => Escaped(text, keepsLayout: true);

    private static string Escaped(string text, bool keepsLayout)
    {
        var at = 0;
        while (at < text.Length && text[at] is >= ' ' and <= '~')
            at++;
        return at == text.Length ? text : Escaped(text, at, keepsLayout);
    }

    private static string Escaped(string text, int clean, bool keepsLayout)
    {
        var safe = new StringBuilder(text, 0, clean, text.Length + 16);
        for (var at = clean; at < text.Length; at++)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                safe.Append(Lone(text[at]));
            else
            {
                safe.Append(keepsLayout && rune.Value is '\n' or '\t' ? rune.ToString() : Shown(rune));
                at += rune.Utf16SequenceLength - 1;
            }
        }
        return safe.ToString();
    }

    // An odd byte of a name stands as U+DC00 + byte (see UnixPath).
    private static string Lone(char unit) => unit is >= '\uDC80' and <= '\uDCFF'
        ? $"\\x{unit - 0xDC00:x2}"
        : $"\\u{(int)unit:x4}";

    private static string Shown(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < 0x20 or 0x7F => $"\\x{rune.Value:x2}",
        _ when IsTreacherous(rune) => rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}",
        _ => rune.ToString(),
    };

    // C1 controls, and what turns the direction of text around or takes no room: it makes one name look like another.
    private static bool IsTreacherous(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
