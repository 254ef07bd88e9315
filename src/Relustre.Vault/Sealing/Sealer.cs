using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Relustre.Vault.Sealing;

/// <summary>Seals bytes so that nobody without the keys can read them, or change one of them unnoticed.</summary>
internal sealed class Sealer(SealKeys keys) : IDisposable
{
    public const int IvSize = 16;
    public const int Overhead = IvSize + Poly1305.TagSize;

    // Setting up AES costs more than sealing a small blob, and the objects are not made for two threads.
    private readonly ConcurrentBag<SealingCipher> ciphers = [];

    public SealKeys Keys => keys;

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        Span<byte> iv = stackalloc byte[IvSize];
        do
            RandomNumberGenerator.Fill(iv);
        while (!iv.ContainsAnyExcept((byte)0));
        return Seal(iv, plain);
    }

    internal byte[] Seal(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plain)
    {
        var output = new byte[plain.Length + Overhead];
        var body = output.AsSpan(IvSize, plain.Length);
        iv.CopyTo(output);
        var cipher = Borrow();
        cipher.Transform(iv, plain, body);
        cipher.Tag(iv, body, output.AsSpan(IvSize + plain.Length));
        ciphers.Add(cipher);
        return output;
    }

    /// <summary>Opens into <paramref name="plain"/>, which is <see cref="Overhead"/> shorter; false when it is not ours or was changed.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        if (sealedBytes.Length < Overhead)
            return false;
        var iv = sealedBytes[..IvSize];
        var body = sealedBytes[IvSize..^Poly1305.TagSize];
        Span<byte> tag = stackalloc byte[Poly1305.TagSize];
        var cipher = Borrow();
        cipher.Tag(iv, body, tag);
        var authentic = CryptographicOperations.FixedTimeEquals(tag, sealedBytes[^Poly1305.TagSize..]);
        if (authentic)
            cipher.Transform(iv, body, plain);
        ciphers.Add(cipher);
        return authentic;
    }

    /// <summary>Null when it is not ours or was changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Overhead)
            return null;
        var plain = new byte[sealedBytes.Length - Overhead];
        return TryOpen(sealedBytes, plain) ? plain : null;
    }

    public void Dispose()
    {
        while (ciphers.TryTake(out var cipher))
            cipher.Dispose();
    }

    private SealingCipher Borrow() => ciphers.TryTake(out var cipher) ? cipher : new SealingCipher(keys);
}
