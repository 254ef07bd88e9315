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

    [GeneratedRegex(@"[^\s/]{0,256}@")]
    private static partial Regex UserPart { get; }

    /// <summary>Whether a key of this name holds a secret.</summary>
    public static bool IsNamed(string key) => Names.Any(name => key.EndsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the value carries one, whatever its key is.</summary>
    public static bool IsIn(string value) =>
        Marks.Any(mark => value.Contains(mark, StringComparison.OrdinalIgnoreCase)) || UserInfo.IsMatch(value);

    /// <summary>The address without its user and password, also where it is torn apart.</summary>
    public static string WithoutUserInfo(string address) => UserPart.Replace(address, "");

    /// <summary>Options divided by commas; of those with a secret only the name is left.</summary>
    public static string WithoutSecretOptions(string options) => string.Join(',', options.Split(',').Select(WithoutSecret));

    private static string WithoutSecret(string option) =>
        option.Split('=', 2) is [var name, _] && IsNamed(name) ? $"{name}=(secret)" : WithoutUserInfo(option);
}
