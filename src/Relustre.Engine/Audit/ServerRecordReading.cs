using System.Globalization;
using System.Text.RegularExpressions;

namespace Relustre.Audit;

/// <summary>Understands what a server answered about its records. Total: a line that makes no sense says nothing.</summary>
internal static partial class ServerRecordReading
{
    private const int Longest = 300;

    /// <summary>Oldest first, each once.</summary>
    public static IReadOnlyList<ServerRecord> Of(IEnumerable<string> lines) =>
        [.. lines.Select(line => Of(line.Split('\t', 3))).OfType<ServerRecord>().Distinct().OrderBy(record => record.At)];

    [GeneratedRegex(@"\A(?<who>\S+) : .*?\bUSER=(?<as>\S+) ; .*?\bCOMMAND=(?<command>.*)\z")]
    private static partial Regex SudoCall { get; }

    private static ServerRecord? Of(string[] fields) => fields is ["package" or "login" or "sudo", var at, var text] && TimeOf(at) is { } time
        ? (fields[0], SudoCall.Match(text)) switch
        {
            ("sudo", { Success: true } call) => new(time, "sudo", $"{Cut(call.Groups["who"].Value)} as {Cut(call.Groups["as"].Value)}: {Harmless(call.Groups["command"].Value)}"),
            ("sudo", _) => null,
            _ => new(time, fields[0], Cut(text)),
        }
        : null;

    private static DateTimeOffset? TimeOf(string text) => text switch
    {
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300799 => DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ when DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => null,
    };

    // A password may stand among a command's arguments; a path tells what was touched and is none.
    private static string Harmless(string command) => Cut(string.Join(' ', command.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.StartsWith('/') && !word.Contains('=') ? word : "…")));

    private static string Cut(string text) => text.Length > Longest ? text[..Longest] + "…" : text;
}
