using System.Text.Json;
using Relustre.Vault.Json;
using Relustre.Vault.Sealing;

namespace Relustre.Vault.Keys;

/// <summary>How the vault's three secrets are written inside a key file.</summary>
internal static class MasterKeyJson
{
    public static byte[] Encode(SealKeys keys) => new GoJson()
        .Raw("{\"mac\":{\"k\":"u8).Base64(keys.MacK).Raw(",\"r\":"u8).Base64(keys.MacR)
        .Raw("},\"encrypt\":"u8).Base64(keys.Encrypt).Raw("}"u8).Written.ToArray();

    public static SealKeys Decode(ReadOnlySpan<byte> json, string what)
    {
        var keys = JsonInput.Decode(json, what, Read);
        return keys.IsValid ? keys : throw new VaultDamagedException(what, "the keys in it are no keys");
    }

    private static SealKeys Read(ref Utf8JsonReader reader)
    {
        var keys = new SealKeys([], [], []);
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "encrypt": keys = keys with { Encrypt = JsonInput.Base64(ref reader) }; break;
                case "mac": keys = ReadMac(ref reader, keys); break;
                default: reader.Skip(); break;
            }
        }

        return keys;
    }

    private static SealKeys ReadMac(ref Utf8JsonReader reader, SealKeys keys)
    {
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "k": keys = keys with { MacK = JsonInput.Base64(ref reader) }; break;
                case "r": keys = keys with { MacR = JsonInput.Base64(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return keys;
    }
}
