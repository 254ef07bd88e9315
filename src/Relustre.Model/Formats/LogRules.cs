namespace Relustre.Formats;

/// <summary>logrotate: what stands in braces is about the files before them; a script is one setting.</summary>
internal sealed class LogRules : Format
{
    private const int MaxKey = 200;

    private static readonly string[] Scripts = ["prerotate", "postrotate", "firstaction", "lastaction", "preremove"];

    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var (place, files, script) = ("", new List<string>(), (string?)null);
        var body = new List<string>();
        foreach (var line in text.TrimmedLines.Where(line => !line.IsComment))
        {
            var words = line.WithoutTrailingComment.Words;
            if (script is not null && words[0] != "endscript")
                body.Add(string.Join(' ', words));
            else if (script is not null)
            {
                yield return Told(place + script, string.Join("; ", body));
                (script, body) = (null, []);
            }
            else if (Scripts.Contains(words[0]))
                script = words[0];
            else if (words[^1].EndsWith('{'))
            {
                files.Add(string.Join(' ', words)[..^1].Trim());
                (place, files) = (Short(string.Join(' ', files.Where(name => name.Length > 0).Order(StringComparer.Ordinal))) + " ", []);
            }
            else if (words[0] == "}")
                place = "";
            else if (place.Length == 0 && words[0] is ['/', ..] or ['"', ..])
                files.Add(string.Join(' ', words));
            else
                yield return Told(place + words[0].TrimEnd('='), string.Join(' ', words.Skip(1)));
        }
        if (body.Count > 0)
            yield return Told(place + script, string.Join("; ", body));
    }

    private static Setting Told(string key, string value) => new(key, value);

    private static string Short(string key) => key.Length > MaxKey ? key[..MaxKey] : key;
}
