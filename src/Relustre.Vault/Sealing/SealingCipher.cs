using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Relustre.Vault.Sealing;

/// <summary>AES-256 in counter mode under a Poly1305-AES tag. One thread at a time; <see cref="Sealer"/> lends them out.</summary>
internal sealed class SealingCipher : IDisposable
{
    private const int BatchSize = 8192;
    private readonly Aes encrypt = Aes.Create();
    private readonly Aes mac = Aes.Create();
    private readonly byte[] macR;
    private readonly byte[] counters = new byte[BatchSize];
    private readonly byte[] stream = new byte[BatchSize];

    public SealingCipher(SealKeys keys)
    {
        encrypt.Key = keys.Encrypt;
        mac.Key = keys.MacK;
        macR = keys.MacR;
    }

    /// <summary>Enciphers or deciphers: in counter mode these are the same.</summary>
    public void Transform(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> input, Span<byte> output)
    {
        var counter = BinaryPrimitives.ReadUInt128BigEndian(iv);
        while (!input.IsEmpty)
        {
            var size = Math.Min(input.Length, BatchSize);
            var blocks = (size + 15) / 16;
            for (var block = 0; block < blocks; block++)
                BinaryPrimitives.WriteUInt128BigEndian(counters.AsSpan(block * 16), counter++);
            encrypt.EncryptEcb(counters.AsSpan(0, blocks * 16), stream, PaddingMode.None);
            Xor(input[..size], stream, output);
            input = input[size..];
            output = output[size..];
        }
    }

    public void Tag(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, Span<byte> tag)
    {
        Span<byte> s = stackalloc byte[16];
        mac.EncryptEcb(iv, s, PaddingMode.None);
        Poly1305.Compute(macR, s, ciphertext, tag);
    }

    public void Dispose()
    {
        encrypt.Dispose();
        mac.Dispose();
    }

    private static void Xor(ReadOnlySpan<byte> input, ReadOnlySpan<byte> mask, Span<byte> output)
    {
        var at = 0;
        for (; at + Vector<byte>.Count <= input.Length; at += Vector<byte>.Count)
        {
            var mixed = new Vector<byte>(input[at..]) ^ new Vector<byte>(mask[at..]);
            mixed.CopyTo(output[at..]);
        }

        for (; at < input.Length; at++)
            output[at] = (byte)(input[at] ^ mask[at]);
    }
}
