namespace Relustre.Formats;

/// <summary>
/// Cron's tables: a setting is a command, its value the time (and the user, and what the command is given). Only the program
/// is a key, since people put passwords on command lines, and keys are shown.
/// </summary>
internal sealed class Crontab(bool hasUser) : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.TrimmedLines where !line.IsComment select SettingOf(line);

    /// <summary>The jobs of a table.</summary>
    public static IEnumerable<(string Schedule, string? User, string Program)> Jobs(string text, bool hasUser) =>
        from line in text.TrimmedLines
        where !line.IsComment && !IsAssignment(line)
        let words = line.Words
        let time = TimeWords(words)
        let command = time + (hasUser ? 1 : 0)
        where words.Length > command
        select (string.Join(' ', words.Take(time)), hasUser ? words[time] : null, ProgramIn(words.Skip(command)));

    private Setting SettingOf(string line)
    {
        var words = line.Words;
        var isAssignment = IsAssignment(line);
        var key = isAssignment ? line.Split('=')[0].Trim() : ProgramIn(words.Skip(TimeWords(words) + (hasUser ? 1 : 0)));
        var value = isAssignment ? line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim() : string.Join(' ', words);
        return new Setting(key, value);
    }

    private static int TimeWords(string[] words) => words[0].StartsWith('@') ? 1 : 5;

    private static bool IsAssignment(string line) =>
        line.Split('=', 2) is [var name, _] && name.Trim().All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '_');

    // "PGPASSWORD=… pg_dump": the assignment is not the program.
    private static string ProgramIn(IEnumerable<string> command) => command.FirstOrDefault(word => !word.Contains('=')) ?? "(nothing)";
}
