using System.Buffers.Binary;

namespace Relustre.Vault.Sealing;

/// <summary>The one-time authenticator Poly1305: 16 bytes that only the holder of the key could have computed.</summary>
internal static class Poly1305
{
    public const int TagSize = 16;

    // Numbers modulo 2^130-5 are kept in limbs of 44, 44 and 42 bits, so that products fit 128 bits without carries.
    private const ulong Limb44 = (1UL << 44) - 1;
    private const ulong Limb42 = (1UL << 42) - 1;

    /// <param name="r">16 bytes; clamped here.</param>
    /// <param name="s">16 bytes, never used for a second message.</param>
    public static void Compute(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, ReadOnlySpan<byte> message, Span<byte> tag)
    {
        var (low, high) = Load(r);
        var sum = new Accumulator(low & 0xffc0fffffff, ((low >> 44) | (high << 20)) & 0xfffffc0ffff, (high >> 24) & 0x00ffffffc0f);
        while (message.Length >= 16)
        {
            sum.Add(message, marker: 1UL << 40);
            message = message[16..];
        }

        if (!message.IsEmpty)
        {
            Span<byte> last = stackalloc byte[16];
            last.Clear();
            message.CopyTo(last);
            last[message.Length] = 1;
            sum.Add(last, marker: 0);
        }

        sum.Finish(s, tag);
    }

    private static (ulong Low, ulong High) Load(ReadOnlySpan<byte> block) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(block), BinaryPrimitives.ReadUInt64LittleEndian(block[8..]));

    private struct Accumulator(ulong r0, ulong r1, ulong r2)
    {
        private ulong h0;
        private ulong h1;
        private ulong h2;

        public void Add(scoped ReadOnlySpan<byte> block, ulong marker)
        {
            var (low, high) = Load(block);
            h0 += low & Limb44;
            h1 += ((low >> 44) | (high << 20)) & Limb44;
            h2 += ((high >> 24) & Limb42) | marker;

            // 2^132 is 20 modulo 2^130-5: what overflows the top limb comes back at the bottom, times 20.
            var d0 = Math.BigMul(h0, r0) + Math.BigMul(h1, r2 * 20) + Math.BigMul(h2, r1 * 20);
            var d1 = Math.BigMul(h0, r1) + Math.BigMul(h1, r0) + Math.BigMul(h2, r2 * 20);
            var d2 = Math.BigMul(h0, r2) + Math.BigMul(h1, r1) + Math.BigMul(h2, r0);

            d1 += (ulong)(d0 >> 44);
            d2 += (ulong)(d1 >> 44);
            h0 = ((ulong)d0 & Limb44) + ((ulong)(d2 >> 42) * 5);
            h1 = ((ulong)d1 & Limb44) + (h0 >> 44);
            h2 = (ulong)d2 & Limb42;
            h0 &= Limb44;
        }

        public void Finish(ReadOnlySpan<byte> s, Span<byte> tag)
        {
            Carry();
            Carry();
            Reduce();
            var (low, high) = Load(s);
            h0 += low & Limb44;
            h1 += (((low >> 44) | (high << 20)) & Limb44) + (h0 >> 44);
            h2 += ((high >> 24) & Limb42) + (h1 >> 44);
            h0 &= Limb44;
            h1 &= Limb44;
            h2 &= Limb42;
            BinaryPrimitives.WriteUInt64LittleEndian(tag, h0 | (h1 << 44));
            BinaryPrimitives.WriteUInt64LittleEndian(tag[8..], (h1 >> 20) | (h2 << 24));
        }

        private void Carry()
        {
            h1 += h0 >> 44;
            h0 &= Limb44;
            h2 += h1 >> 44;
            h1 &= Limb44;
            h0 += (h2 >> 42) * 5;
            h2 &= Limb42;
            h1 += h0 >> 44;
            h0 &= Limb44;
        }

        // Subtracts the modulus when the number reached it, without a branch that would betray the key.
        private void Reduce()
        {
            var g0 = h0 + 5;
            var g1 = h1 + (g0 >> 44);
            var g2 = h2 + (g1 >> 44) - (1UL << 42);
            var keepReduced = (g2 >> 63) - 1;
            h0 = (h0 & ~keepReduced) | (g0 & Limb44 & keepReduced);
            h1 = (h1 & ~keepReduced) | (g1 & Limb44 & keepReduced);
            h2 = (h2 & ~keepReduced) | (g2 & keepReduced);
        }
    }
}
