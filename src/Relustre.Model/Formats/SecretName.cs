namespace Relustre.Formats;

/// <summary>Tells by its name whether a value is one that nobody may see.</summary>
internal static class SecretName
{
    private static readonly string[] words = ["passw", "passphrase", "passcode", "secret", "token", "community", "pwd", "psk", "credential", "apikey", "api_key"];

    public static bool IsIn(string text) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
