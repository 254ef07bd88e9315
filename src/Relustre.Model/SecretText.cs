using System.Buffers;
using System.Text.RegularExpressions;

namespace Relustre;

/// <summary>Tells secrets inside configuration that is public as a whole, by the names people give them and by what they look like.</summary>
internal static partial class SecretText
{
    /// <summary>Stands for a key of which a part may be a secret.</summary>
    public const string HiddenName = "(a name that may hold a secret)";

    private static readonly string[] Names =
    [
        "password", "passwd", "passphrase", "passcode", "pass", "pwd", "secret", "bindpw", "rootpw", "sshpw", "authtok", "psk", "privatekey", "private_key", "private-key",
        "token", "community", "community6", "credential", "credentials", "credentialencrypted", "apikey", "api_key", "api-key", "sharedkey", "shared_key", "shared-key",
        "secretkey", "secret_key", "secret-key", "wep-key", "wireless-key", ".key",
    ];

    // What introduces a secret within a value: mount options, log outputs, options of commands; and what a hash or a key begins with.
    private static readonly SearchValues<string> Marks = SearchValues.Create(
    [
        "password=", "passwd=", "passphrase=", "pass=", "pwd=", "secret=", "token=", "community=", "credential=", "apikey=", "api_key=", "api-key=", "authtok=", "psk=",
        "--password", "--passphrase", "password_pbkdf2", "password --md5", "pbkdf2.sha", "ommysql:", "ompgsql:", "com2sec ", "com2sec6 ", "createuser ", "sshpass ",
        "pass:", "{ssha", "{crypt}", "private key-----",
    ], StringComparison.OrdinalIgnoreCase);

    // Without any of these no expression below matches: most values are done with one look.
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        ["pass", "pw", "secret", "token", "psk", "communit", "key", "$1$", "$2", "$5$", "$6$", "$7$", "$y$", "$gy$", "://", "iscsi:", " >", "ipmi", "fence_", "mysql", "mariadb", "curl", "wget", "snmp", "ldap", "smb"],
        StringComparison.OrdinalIgnoreCase);

    // Nothing here goes further than so many characters, so that no text makes it slow.
    [GeneratedRegex(@"(://|iscsi:)[^\s/@]{1,256}@")]
    private static partial Regex UserInfo { get; }

    // "pwd = x", "'password': 'x'", "crypto pw x", "secret abc;", and of "password x" those that look like one.
    [GeneratedRegex(@"(pass(word|wd|phrase|code)?|pwd?|secret|token|psk|community|api[_-]?key)[0-9]?(\s{0,9}=|[""']\s{0,9}:)\s{0,9}\S|(?<![\w-])(pwd?|secret|passphrase|auth_pass|passcode)\s{1,9}[""']?[\w$./+=-]{3}|\bpassword\s{1,9}([0-9]{1,3}\s{1,9})?(?=[^\s0-9]{0,64}[0-9])\S{4}", RegexOptions.IgnoreCase)]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"\$(1|2[abxy]?|5|6|7|g?y)\$[^\s:]{4}")]
    private static partial Regex Hash { get; }

    // Commands that take a password as an option of one letter, or after the user's name; rsyslog's old word for a database.
    [GeneratedRegex(@"(ipmi\w{0,20}|fence_\w{1,30})\s(.{0,200}\s)?-[pP]\s{0,9}\S|(mysql|mariadb)[\w-]{0,20}\s(.{0,200}\s)?-p\S|(curl|wget)\s(.{0,200}\s)?(-u|--(proxy-)?user)[\s=]{0,9}[^\s:]{1,64}:\S|snmp\w{1,20}\s(.{0,200}\s)?-[cAX]\s{0,9}\S|ldap\w{1,20}\s(.{0,200}\s)?-w\s{0,9}\S|smb\w{1,20}\s(.{0,200}\s)?\S{1,64}%\S|--?[\w-]{0,30}(password|passwd|passphrase|secret|token|community|api-?key)[\s=]\s{0,9}\S|(^|\s)>[^\s,]{1,100},[^\s,]{1,100},[^\s,]{1,100},\S")]
    private static partial Regex Option { get; }

    /// <summary>Whether a key of this name holds a secret.</summary>
    public static bool IsNamed(string key)
    {
        var name = key.AsSpan().TrimEnd("0123456789:=\"'");
        if (name.Equals("key", StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (var ending in Names)
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    /// <summary>The same where the value is known: Corosync's token is a number of milliseconds, a token of a login is not.</summary>
    public static bool IsNamed(string key, string value) => IsNamed(key) && !(key.EndsWith("token", StringComparison.OrdinalIgnoreCase) && value.All(char.IsAsciiDigit));

    /// <summary>Whether the value carries one, whatever its key is.</summary>
    public static bool IsIn(string value) => value.AsSpan().ContainsAny(Marks)
        || (value.AsSpan().ContainsAny(Hints) && (Named.IsMatch(value) || Option.IsMatch(value) || Hash.IsMatch(value) || UserInfo.IsMatch(value)));

    /// <summary>Whether one of the words is a secret's name and the next one its value: "psk hunter2" where "psk=hunter2" was meant.</summary>
    public static bool HasNamed(string[] words, Func<string, string, bool> isSecret) => words.Zip(words.Skip(1)).Index().Any(pair =>
        !pair.Item.First.Contains('/', StringComparison.Ordinal) && isSecret(pair.Item.First, pair.Item.Second)
        // "key" is everybody's word: "CentOS 6 Official Signing Key <…>". A line that begins with it may be Corosync's.
        && (pair.Index == 0 || !pair.Item.First.Equals("key", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The setting with what it may tell of a secret marked; where that stands in its name, under another one.</summary>
    public static Setting Marked(Setting setting, Func<string, string, bool> isSecret) =>
        IsIn(setting.Key) || (setting.Key.Contains(' ', StringComparison.Ordinal) && HasNamed(setting.Key.Words, isSecret))
            ? setting with { Key = HiddenName, Value = $"{setting.Key} {setting.Value}", IsSecret = true }
            : setting.IsSecret || setting.Value is "" or "there" ? setting
            : setting with { IsSecret = isSecret(setting.Key, setting.Value) || IsIn(setting.Value) };

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
