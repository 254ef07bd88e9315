using System.Text.RegularExpressions;

namespace Relustre.Sites;

/// <summary>A server's entry as site.yaml writes it.</summary>
internal static partial class HostText
{
    public static IEnumerable<string> Lines(HostEntry host, int indent) =>
        Fields(host).Select((field, index) => new string(' ', indent) + (index == 0 ? "- " : "  ") + field);

    public static string Braces(HostEntry host) => "{" + string.Join(", ", Fields(host)) + "}";

    private static IEnumerable<string> Fields(HostEntry host) =>
    [
        $"name: {Quoted(host.Name)}",
        .. Field("address", host.Address),
        .. Field("user", host.User),
        .. host.Port is { } port ? [$"port: {port}"] : Array.Empty<string>(),
        .. Field("root", host.Root),
        .. host.Sudo ? ["sudo: true"] : Array.Empty<string>(),
        .. Field("identity", host.Identity),
        .. host.SshOptions.Count > 0 ? [$"ssh-options: [{string.Join(", ", host.SshOptions.Select(Quoted))}]"] : Array.Empty<string>(),
        .. Field("pair", host.Pair),
        .. host.SshKeys ? Array.Empty<string>() : ["ssh-keys: false"],
    ];

    private static IEnumerable<string> Field(string key, string? value) => value is null ? [] : [$"{key}: {Quoted(value)}"];

    /// <summary>A word as YAML reads it back.</summary>
    public static string Quoted(string text) => PlainPattern.IsMatch(text) && !KeywordPattern.IsMatch(text)
        ? text
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z_/][A-Za-z0-9_./=@-]*\z")]
    private static partial Regex PlainPattern { get; }

    // What one YAML reader or another takes for something else than text.
    [GeneratedRegex(@"\A(?:y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase)]
    private static partial Regex KeywordPattern { get; }
}
