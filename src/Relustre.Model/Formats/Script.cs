using System.Security.Cryptography;
using System.Text;

namespace Relustre.Formats;

/// <summary>
/// Text whose grammar is a program's: compared by a digest of what it says without comments, empty lines and blanks at the ends
/// of lines. It is not shown, since scripts hold passwords wherever they like.
/// </summary>
internal sealed class Script : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var lines = text.Split('\n').Select((line, at) => (Line: line.TrimEnd(), IsFirst: at == 0))
            .Where(one => !IsComment(one.Line) || (one.IsFirst && one.Line.StartsWith("#!", StringComparison.Ordinal)))
            .Select(one => one.Line).ToList();
        return lines.Count == 0 ? [] : [new Setting("(text)", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))))];
    }

    private static bool IsComment(string line) => line.AsSpan().TrimStart() is [] or ['#', ..];
}
