namespace Relustre.Formats;

/// <summary>Debian's paragraphs of <c>Key: value</c>, each about what its first fields name.</summary>
internal sealed class Stanzas : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var (number, key, isEnded) = (0, "", true);
        foreach (var line in text.Split('\n'))
        {
            isEnded |= string.IsNullOrWhiteSpace(line);
            if (line.IsComment)
                continue;
            number += isEnded ? 1 : 0;
            isEnded = false;
            var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            var goesOn = char.IsWhiteSpace(line[0]) || parts.Length < 2;
            key = goesOn ? key : parts[0];
            var value = string.Join(' ', (goesOn ? line : parts[1]).Words);
            yield return new Setting($"{number}.{key}", value) { Sequence = $"{number}.{key}" };
        }
    }
}
