using System.Text.RegularExpressions;

namespace Relustre.Sites;

/// <summary>What a server's entry may say. A name or an address becomes an argument of ssh, so it never starts with a hyphen.</summary>
internal static partial class HostRules
{
    public const string LocalNeedsNoAddress = "localhost is this machine and needs no address; give another server another name";

    /// <summary>What is wrong with an entry that did not come out of a site.yaml; null: nothing.</summary>
    public static string? Complaint(HostEntry host) => Name(host.Name)
        ?? (host.Address is { } address ? Address(address) : null)
        ?? (host.User is { } user ? User(user) : null)
        ?? (host.Port is < 1 or > 65535 ? $"port {host.Port} is not between 1 and 65535" : null)
        ?? (host.Root is { } root ? AbsolutePath(root) : null)
        ?? (host.Identity is { } identity ? AnyPath(identity) : null)
        ?? (host.Pair is { } pair ? Name(pair) : null)
        ?? host.SshOptions.Select(SshOption).FirstOrDefault(complaint => complaint is not null)
        ?? (host is { Name: HostEntry.Local, Address: not null } ? LocalNeedsNoAddress : null)
        ?? (host is { Root: not null, Address: not null } ? "a file tree on this machine (root) needs no address" : null);

    public static string? Name(string text) => NamePattern.IsMatch(text)
        ? null
        : $"'{text}' is no server name (letters, digits, '.', '_' and '-', at most 253, not starting with '-')";

    public static string? Address(string text) => AddressPattern.IsMatch(text)
        ? null
        : $"'{text}' is neither a host name nor an IP address";

    public static string? User(string text) => UserPattern.IsMatch(text) ? null : $"'{text}' is no user name";

    public static string? AbsolutePath(string text) => text switch
    {
        _ when text.Any(char.IsControl) => "control characters in a path",
        ['/', ..] when !text.Split('/').Contains("..") => null,
        ['/', ..] => $"'{text}' has '..' in it; write the path out",
        _ => $"'{text}' is a relative path; it must start with '/'",
    };

    /// <summary>A path or pattern of what is backed up on every server.</summary>
    public static string? Pattern(string text) => AbsolutePath(text) ?? PathPattern.Fault(text);

    /// <summary>A path that may be relative to the site's folder.</summary>
    public static string? AnyPath(string text) => text.Any(char.IsControl) ? "control characters in a path" : null;

    public static string? SshOption(string text) => OptionPattern.IsMatch(text)
        ? null
        : $"'{text}' is not of the form Name=value, as ssh_config has it";

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,252}\z")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9_:][A-Za-z0-9._:%-]{0,252}\z")]
    private static partial Regex AddressPattern { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._@-]{0,63}\z")]
    private static partial Regex UserPattern { get; }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]*[= ][^\p{Cc}]+\z")]
    private static partial Regex OptionPattern { get; }
}
