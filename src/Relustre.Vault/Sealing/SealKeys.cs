namespace Relustre.Vault.Sealing;

/// <summary>The three secrets by which bytes are sealed: one for AES-256, two for Poly1305-AES.</summary>
internal sealed record SealKeys(byte[] Encrypt, byte[] MacK, byte[] MacR)
{
    public const int Size = 64;

    /// <summary>Takes 64 bytes apart as scrypt gave them.</summary>
    public static SealKeys From(ReadOnlySpan<byte> bytes) =>
        new(bytes[..32].ToArray(), bytes[32..48].ToArray(), bytes[48..64].ToArray());

    public bool IsValid => Encrypt.Length == 32 && MacK.Length == 16 && MacR.Length == 16
        && Encrypt.AsSpan().ContainsAnyExcept((byte)0)
        && MacK.AsSpan().ContainsAnyExcept((byte)0)
        && MacR.AsSpan().ContainsAnyExcept((byte)0);
}
