using System.Globalization;
using System.Text;

namespace Relustre.Hosts;

/// <summary>Makes text from a server fit for a terminal and a log: control characters become visible escapes.</summary>
public static class Harmless
{
    /// <summary><paramref name="text"/> on one line, without anything that a terminal would obey.</summary>
    public static string Text(string text)
    {
        if (!text.Any(IsHarmful))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var unit in text)
        {
            if (!IsHarmful(unit))
                shown.Append(unit);
            else if (unit is >= '\uDC80' and <= '\uDCFF')
                shown.Append(CultureInfo.InvariantCulture, $"\\x{unit - 0xDC00:x2}");
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }
        return shown.ToString();
    }

    // Format characters include the marks that turn the direction of writing.
    private static bool IsHarmful(char unit) => char.IsControl(unit) || unit is '\u2028' or '\u2029' or (>= '\uDC80' and <= '\uDCFF')
        || char.GetUnicodeCategory(unit) == UnicodeCategory.Format;
}
