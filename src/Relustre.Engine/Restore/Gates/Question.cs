namespace Relustre.Restore.Gates;

/// <summary>What a gate asks a server: a script for a POSIX shell of any age that only looks, and what it answers.</summary>
internal static class Question
{
    private const int TimeLimit = 30;

    // Some sshd give root no path to where a cluster's tools are, and messages in other languages are nobody's to parse.
    private const string Surroundings = "PATH=$PATH:/usr/sbin:/sbin LC_ALL=C; export PATH LC_ALL\n";

    public static RemoteCommand Of(string script, params IReadOnlyList<string> arguments) =>
        new(["sh", "-c", Surroundings + script, "gate", .. arguments]) { TimeLimit = TimeLimit };

    /// <summary>The lines of an answer, without empty ones.</summary>
    public static string[] Lines(this CommandResult answer) =>
        answer.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What stands behind the first line that begins with a word; null: no line does.</summary>
    public static string? After(this CommandResult answer, string word) =>
        answer.Lines().FirstOrDefault(line => line == word || line.StartsWith($"{word} ", StringComparison.Ordinal)) is { } line ? line[word.Length..].Trim() : null;

    /// <summary>What a server said that is no answer, for people.</summary>
    public static string Said(this CommandResult answer) =>
        answer.Lines() is [.., var last] ? $"exit code {answer.ExitCode}: {(last.Length > 160 ? last[..160] : last)}" : $"exit code {answer.ExitCode}";

    /// <summary>A few words of a list, and how many there are besides.</summary>
    public static string Some(this IReadOnlyList<string> words, int shown = 8) =>
        words.Count > shown ? $"{string.Join(", ", words.Take(shown))} and {words.Count - shown} more" : string.Join(", ", words);
}
