using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Crypto.Generators;
using Relustre.Vault.Json;
using Relustre.Vault.Sealing;

namespace Relustre.Vault.Keys;

/// <summary>The vault's keys, sealed under a password that scrypt makes expensive to guess.</summary>
internal sealed record KeyFile
{
    private const int SaltSize = 64;

    public required NodeTime Created { get; init; }

    public string UserName { get; init; } = "";

    public string HostName { get; init; } = "";

    public required ulong N { get; init; }

    public required ulong R { get; init; }

    public required ulong P { get; init; }

    public required byte[] Salt { get; init; }

    public required byte[] Data { get; init; }

    /// <summary>Bounds keep a forged key file from taking all memory or an hour of CPU.</summary>
    public bool IsUsable => Salt.Length == SaltSize && Data.Length > Sealer.Overhead
        && N is > 1 and <= 1 << 24 && BitOperations.IsPow2(N) && R is > 0 and <= 1 << 10 && P is > 0 and <= 1 << 10
        && 128 * N * R <= 1UL << 30 && N * R * P <= 1UL << 26;

    public static KeyFile Create(SealKeys master, string password, VaultOptions options)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        using var sealer = new Sealer(Derive(password, salt, (ulong)options.ScryptN, (ulong)options.ScryptR, (ulong)options.ScryptP));
        return new KeyFile
        {
            Created = GoTime.From(options.Time.GetUtcNow()),
            UserName = "relustre",
            HostName = options.Instance,
            N = (ulong)options.ScryptN,
            R = (ulong)options.ScryptR,
            P = (ulong)options.ScryptP,
            Salt = salt,
            Data = sealer.Seal(MasterKeyJson.Encode(master)),
        };
    }

    /// <summary>The vault's keys; null when the password is another one.</summary>
    public SealKeys? Open(string password, string what)
    {
        using var sealer = new Sealer(Derive(password, Salt, N, R, P));
        return sealer.Open(Data) is { } json ? MasterKeyJson.Decode(json, what) : null;
    }

    public byte[] Encode()
    {
        var json = new GoJson().Raw("{\"created\":"u8);
        GoTime.Write(json, Created);
        return json.Raw(",\"username\":"u8).Text(UserName).Raw(",\"hostname\":"u8).Text(HostName)
            .Raw(",\"kdf\":\"scrypt\",\"N\":"u8).Number(N).Raw(",\"r\":"u8).Number(R).Raw(",\"p\":"u8).Number(P)
            .Raw(",\"salt\":"u8).Base64(Salt).Raw(",\"data\":"u8).Base64(Data).Raw("}"u8).Written.ToArray();
    }

    public static KeyFile Decode(ReadOnlySpan<byte> json, string what)
    {
        var key = JsonInput.Decode(json, what, Read);
        return key.IsUsable ? key : throw new VaultDamagedException(what, "its scrypt parameters are out of bounds");
    }

    internal static SealKeys Derive(string password, byte[] salt, ulong n, ulong r, ulong p)
    {
        var keys = SealKeys.From(SCrypt.Generate(Encoding.UTF8.GetBytes(password), salt, (int)n, (int)r, (int)p, SealKeys.Size));
        // scrypt has worked in 32 MiB with restic's numbers, and nothing else here is so large that it calls for a collection.
        if (128 * n * r >= 16 << 20)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return keys;
    }

    private static KeyFile Read(ref Utf8JsonReader reader)
    {
        var key = new KeyFile { Created = default, N = 0, R = 0, P = 0, Salt = [], Data = [] };
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var name))
        {
            switch (name)
            {
                case "created": key = key with { Created = GoTime.Read(ref reader) }; break;
                case "username": key = key with { UserName = JsonInput.Text(ref reader) }; break;
                case "hostname": key = key with { HostName = JsonInput.Text(ref reader) }; break;
                case "kdf" when JsonInput.Text(ref reader) != "scrypt": throw new JsonException("an unknown key derivation");
                case "N": key = key with { N = JsonInput.Number(ref reader) }; break;
                case "r": key = key with { R = JsonInput.Number(ref reader) }; break;
                case "p": key = key with { P = JsonInput.Number(ref reader) }; break;
                case "salt": key = key with { Salt = JsonInput.Base64(ref reader) }; break;
                case "data": key = key with { Data = JsonInput.Base64(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return key;
    }
}
