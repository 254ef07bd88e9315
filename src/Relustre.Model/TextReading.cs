using System.Text;

namespace Relustre;

/// <summary>Text as formats and facts begin to read it: lines and words, in time linear in its length.</summary>
internal static class TextReading
{
    extension(string text)
    {
        /// <summary>Without line ends and surrounding blanks; empty ones are left out.</summary>
        public IEnumerable<string> TrimmedLines =>
            text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The lines with those joined that end in a backslash, as the shell and systemd do.</summary>
        public IEnumerable<string> JoinedLines
        {
            get
            {
                var joined = new StringBuilder();
                foreach (var line in text.Split('\n'))
                {
                    var ended = line.TrimEnd('\r');
                    if (ended.EndsWith('\\'))
                    {
                        joined.Append(ended, 0, ended.Length - 1).Append(' ');
                        continue;
                    }
                    yield return joined.Append(ended).ToString();
                    joined.Clear();
                }
                if (joined.Length > 0)
                    yield return joined.ToString();
            }
        }

        public string[] Words => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

        /// <summary>Nothing but a comment, or nothing at all.</summary>
        public bool IsComment => text.AsSpan().TrimStart() is [] or ['#', ..] or [';', ..];

        /// <summary>Up to a <c>#</c> that follows a blank.</summary>
        public string WithoutTrailingComment
        {
            get
            {
                for (var at = 1; at < text.Length; at++)
                    if (text[at] == '#' && char.IsWhiteSpace(text[at - 1]))
                        return text[..at].TrimEnd();
                return text;
            }
        }

        /// <summary>What stands inside one pair of quotes, or the text itself.</summary>
        public string Unquoted => text is ['"' or '\'', ..] && text.IndexOf(text[0], 1) is > 0 and var end ? text[1..end] : text.Trim('"', '\'');

        /// <summary>The text itself; null where it is empty.</summary>
        public string? OrNull => text.Length == 0 ? null : text;
    }
}
