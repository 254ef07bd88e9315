namespace Relustre;

/// <summary>A command for a server: a program and its arguments, never a line that a shell takes apart. Secrets travel as input, since everybody sees arguments.</summary>
public sealed record RemoteCommand(params IReadOnlyList<string> Arguments)
{
    /// <summary>What the program reads on standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Seconds until it has failed.</summary>
    public int TimeLimit { get; init; } = 60;

    /// <summary>As a person would type it.</summary>
    public string Shown => string.Join(' ', Arguments.Select(Quote)) + (Input.IsEmpty ? "" : $"   (with {Input.Length} bytes on standard input)");

    /// <summary>The word as a shell reads it back, whatever is in it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+=:,@%".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
