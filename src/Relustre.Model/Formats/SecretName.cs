using System.Buffers;

namespace Relustre.Formats;

/// <summary>Tells by its name whether a value is one that nobody may see.</summary>
internal static class SecretName
{
    private static readonly SearchValues<string> words = SearchValues.Create(
        ["passw", "passphrase", "passcode", "secret", "token", "community", "pwd", "psk", "credential", "apikey", "api_key"], StringComparison.OrdinalIgnoreCase);

    public static bool IsIn(string text) => text.AsSpan().ContainsAny(words);
}
