using System.Buffers.Text;
using System.Text;

namespace Relustre.Formats;

/// <summary>
/// The store of IML's agent: a folder is a section, a file a key, its name the key in URL-safe base64 with padding, its content one
/// JSON value. IML 2.0 had the same values in flat files under their plain names.
/// </summary>
internal static class AgentStore
{
    public const string Root = "/var/lib/chroma";

    private static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The section and key that a file stands for; null: it is none of the store's.</summary>
    public static (string Section, string Key)? Address(string path)
    {
        if (!path.StartsWith(Root + "/", StringComparison.Ordinal))
            return null;
        return path[(Root.Length + 1)..].Split('/') switch
        {
            ["server_conf"] => ("settings", "server"),
            [var uuid] when Guid.TryParseExact(uuid, "D", out _) => ("targets", uuid),
            [var section, var name] when Key(name) is { } key => (section, key),
            _ => null,
        };
    }

    /// <summary>The key behind a file name; null: the name is no key's.</summary>
    public static string? Key(string name)
    {
        if (name.Length == 0 || name.Length % 4 != 0 || !Base64Url.IsValid(name))
            return null;
        try
        {
            return strict.GetString(Base64Url.DecodeFromChars(name));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
