using System.Security.Cryptography;
using System.Text;

namespace Relustre.Formats;

/// <summary>authorized_keys: who may log in, by the comment of the key; what may be done with it, and its fingerprint, are the value.</summary>
internal sealed class LoginKeys : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text) =>
        from line in text.TrimmedLines
        where !line.IsComment
        let words = line.Words
        let kind = Array.FindIndex(words, IsKind)
        where kind >= 0 && kind + 1 < words.Length
        let name = string.Join(' ', words.Skip(kind + 2))
        let options = string.Join(' ', words.Take(kind + 1))
        select new Setting(name.Length > 0 ? name : words[kind], $"{options} {Fingerprint(words[kind + 1])}");

    private static bool IsKind(string word) => word.StartsWith("ssh-", StringComparison.Ordinal) || word.StartsWith("ecdsa-", StringComparison.Ordinal)
        || word.StartsWith("sk-", StringComparison.Ordinal);

    // As ssh-keygen -l prints it.
    private static string Fingerprint(string blob)
    {
        var bytes = new byte[blob.Length];
        var data = Convert.TryFromBase64String(blob, bytes, out var length) ? bytes.AsSpan(0, length) : Encoding.UTF8.GetBytes(blob);
        return $"SHA256:{Convert.ToBase64String(SHA256.HashData(data)).TrimEnd('=')}";
    }
}
