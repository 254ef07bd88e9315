using System.Text;

namespace Relustre.Formats;

/// <summary>Module parameters, aliases and the rest of modprobe.d; IML keeps LNet's state as JSON in lines that start with <c>##</c>.</summary>
internal sealed class ModprobeOptions : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.TrimEntries);
        return [.. lines.Where(line => !line.StartsWith('#')).SelectMany(Directive), .. Iml(lines)];
    }

    /// <summary>The JSON in IML's comments; empty where there is none.</summary>
    public static string ImlData(string text) => ImlData(text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries));

    // IML's own headline starts with three.
    private static string ImlData(string[] lines) =>
        string.Join('\n', lines.Where(line => line.StartsWith("##", StringComparison.Ordinal) && !line.StartsWith("###", StringComparison.Ordinal))
            .Select(line => line[2..]));

    // People write comments with two marks as well: what is no JSON is none of IML's.
    private static IEnumerable<Setting> Iml(string[] lines) =>
        from setting in Json.Read(ImlData(lines))
        where !JsonText.IsUnreadable(setting)
        select setting with { Key = $"iml.{setting.Key}" };

    private static IEnumerable<Setting> Directive(string line) => Words(line) switch
    {
        ["options", { Length: < 200 } module, .. var parameters] => parameters.Select(parameter => Parameter(module, parameter)),
        ["blacklist", var module, ..] => [new($"blacklist {module}", "")],
        [var word, var module, .. var rest] => [new($"{word} {module}", string.Join(' ', rest))],
        [var word] => [new(word, "")],
        _ => [],
    };

    private static Setting Parameter(string module, string parameter) => parameter.IndexOf('=') is var at and >= 0
        ? new($"options {module}.{parameter[..at]}", parameter[(at + 1)..])
        : new($"options {module}.{parameter}", "");

    // Quotes hold blanks together and are no part of the value: routes="tcp0 10.0.0.1@o2ib".
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var letter in line + " ")
        {
            if (letter == quote)
                quote = '\0';
            else if (quote == '\0' && letter is '"' or '\'')
                quote = letter;
            else if (quote != '\0' || letter is not (' ' or '\t'))
                word.Append(letter);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }
}
