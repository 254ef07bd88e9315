using System.Text.Json;
using Relustre.Vault.Json;
using Relustre.Vault.Sealing;

namespace Relustre.Vault.Keys;

/// <summary>The one file that every vault has: its format's version and its identity.</summary>
internal sealed record VaultConfig(BlobId Id, ulong Polynomial)
{
    public const string What = "config";
    private const ulong SupportedVersion = 2;

    public byte[] Encode() => new GoJson()
        .Raw("{\"version\":2,\"id\":"u8).Id(Id)
        .Raw(",\"chunker_polynomial\":"u8).Text($"{Polynomial:x}").Raw("}"u8).Written.ToArray();

    /// <summary>Opens and reads it; it alone is neither compressed nor named by its hash.</summary>
    public static VaultConfig Open(byte[] stored, Sealer sealer) => sealer.Open(stored) is { } json
        ? Decode(json)
        : throw new VaultDamagedException(What, "it was changed, or belongs to another vault than the keys");

    private static VaultConfig Decode(byte[] json)
    {
        var (version, config) = JsonInput.Decode(json, What, Read);
        return version == SupportedVersion ? config : throw new VaultFormatException(
            $"this vault has format version {version}, this program knows version 2: for version 1 run 'restic migrate upgrade_repo_v2', for a newer one update this program");
    }

    private static (ulong Version, VaultConfig Config) Read(ref Utf8JsonReader reader)
    {
        var version = 0UL;
        var config = new VaultConfig(default, 0);
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "version": version = JsonInput.Number(ref reader); break;
                case "id": config = config with { Id = JsonInput.Id(ref reader) }; break;
                case "chunker_polynomial": config = config with { Polynomial = ReadHex(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return (version, config);
    }

    private static ulong ReadHex(ref Utf8JsonReader reader) =>
        ulong.TryParse(JsonInput.Text(ref reader), System.Globalization.NumberStyles.HexNumber, null, out var number)
            ? number
            : throw new JsonException("the chunker's polynomial is no number");
}
