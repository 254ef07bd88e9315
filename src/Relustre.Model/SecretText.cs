using System.Text.RegularExpressions;

namespace Relustre;

/// <summary>Tells secrets inside configuration that is public as a whole, by the names people give them.</summary>
internal static partial class SecretText
{
    private static readonly string[] Names =
    [
        "password", "passwd", "passphrase", "secret", "bindpw", "rootpw", "authtok", "psk", "privatekey", "private_key",
        "token", "userpass", "pass",
    ];

    // What introduces a secret within a value: mount options, log outputs, options of commands.
    private static readonly string[] Marks =
    [
        "password=", "passwd=", "pass=", "pwd=", "secret=", "token=", "--password", "--passphrase", "password_pbkdf2",
        "password --md5", "ommysql:", "ompgsql:",
    ];

    // At most 256 characters a side, so that no text makes it slow.
    [GeneratedRegex(@"://[^\s/@]{1,256}@")]
    private static partial Regex UserInfo { get; }

    /// <summary>Whether a key of this name holds a secret.</summary>
    public static bool IsNamed(string key) => Names.Any(name => key.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the value carries one, whatever its key is.</summary>
    public static bool IsIn(string value) =>
        Marks.Any(mark => value.Contains(mark, StringComparison.OrdinalIgnoreCase)) || UserInfo.IsMatch(value);

    /// <summary>The addresses (divided by blanks) without users and passwords, also where one is torn apart.</summary>
    public static string WithoutUserInfo(string addresses) => string.Join(' ', addresses.Words.Select(WithoutUser));

    private static string WithoutUser(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var end = address.IndexOf('/', start) is >= 0 and var slash ? slash : address.Length;
        var authority = address[start..end];
        var isTorn = authority.Split(':', 2) is [not ['[', ..], var port] && !port.All(char.IsAsciiDigit);
        var at = isTorn ? address.LastIndexOf('@') : address.LastIndexOf('@', Math.Max(end - 1, 0), end - start);
        return at < start ? address : address[..start] + address[(at + 1)..];
    }

    /// <summary>Options divided by commas; of those with a secret only the name is left.</summary>
    public static string WithoutSecretOptions(string options) => string.Join(',', options.Split(',').Select(WithoutSecret));

    private static string WithoutSecret(string option) =>
        option.Split('=', 2) is [var name, _] && IsNamed(name) ? $"{name}=(secret)" : UserInfo.Replace(option, "://");
}
