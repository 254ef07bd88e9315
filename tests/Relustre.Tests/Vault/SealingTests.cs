using System.Text;
using CsCheck;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Relustre.Vault.Keys;
using Relustre.Vault.Sealing;

namespace Relustre.Tests.Vault;

public class SealingTests
{
    private const string Iv = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    private static readonly byte[] Counting = [.. Enumerable.Range(0, 64).Select(value => (byte)value)];
    private static readonly SealKeys Keys = SealKeys.From(Counting);

    [Theory]
    [InlineData(Iv, "", "7e1da219390824afb3f896d94949b6ce")]
    [InlineData(Iv, "a", "f331fe77549bbccdbde98014bc53a50785")]
    [InlineData(Iv, "0123456789abcdef", "a231ffbe17a3b6fc62508736235606722138f054c13576d4ea6784dd1c631680")]
    [InlineData(Iv, "hello restic format, thirty-three", "fa65a1e14cb6f2ae291d8f3760540c66a73e0f6cd15e5ca81cd32c0c3e1ff4ebfccaf661665e8a54aec8fa96cdbd8d6108")]
    [InlineData("00ffffffffffffffffffffffffffffff", "hello restic format, thirty-three", "fc489e932a8cac3760914629ea71f75daad46da84a652975a4d87ee6779073cd886daa42809885b50eaa6efb13619e7630")]
    public void Sealing_gives_the_known_bytes(string iv, string text, string expected)
    {
        using var sealer = new Sealer(Keys);

        var found = sealer.Seal(Convert.FromHexString(iv), Encoding.ASCII.GetBytes(text));

        Assert.Equal(iv + expected, Convert.ToHexStringLower(found));
        Assert.Equal(text, Encoding.ASCII.GetString(sealer.Open(found)!));
    }

    [Fact]
    public void Scrypt_gives_the_known_keys()
    {
        var keys = KeyFile.Derive("geheim", Counting, 32768, 8, 1);

        Assert.Equal(
            "27933cc8ec79b02eb123bc21e60f7e8ef5ba88d8574d1ae4133b74052386d56d0347f1e1c7fd8c914a16d64771e1828415279e3c02e87d177f4773ecdf4374ef",
            Convert.ToHexStringLower([.. keys.Encrypt, .. keys.MacK, .. keys.MacR]));
    }

    [Fact]
    public void Our_Poly1305_is_that_of_an_independent_implementation() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Byte.Array[16], Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Const((byte)0xff).Array[0, 200]))
            .Sample((r, s, message) => Ours(r, s, message).AsSpan().SequenceEqual(Theirs(r, s, message)));

    [Theory]
    [InlineData(0xff)]
    [InlineData(0xfe)]
    [InlineData(0x00)]
    public void Poly1305_carries_right_at_the_edges(byte fill)
    {
        for (var length = 0; length < 130; length++)
        {
            byte[] key = [.. Enumerable.Repeat((byte)0xff, 16)];
            byte[] message = [.. Enumerable.Repeat(fill, length)];

            Assert.Equal(Theirs(key, key, message), Ours(key, key, message));
        }
    }

    // Sums that reach the modulus itself, which no random message does (RFC 8439, A.3).
    [Theory]
    [InlineData("02", "ffffffffffffffffffffffffffffffff", "03000000000000000000000000000000")]
    [InlineData("01", "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000", "05000000000000000000000000000000")]
    [InlineData("01", "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101", "00000000000000000000000000000000")]
    [InlineData("02", "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    public void Poly1305_reduces_what_reaches_the_modulus(string r, string message, string tag) => Assert.Equal(
        tag, Convert.ToHexStringLower(Ours(Convert.FromHexString(r.PadRight(32, '0')), new byte[16], Convert.FromHexString(message))));

    [Fact]
    public void Our_counter_mode_is_that_of_an_independent_implementation() =>
        Gen.Select(Gen.Byte.Array[64], Gen.Byte.Array[16], Gen.Byte.Array[0, 20_000]).Sample((key, iv, plain) =>
        {
            using var sealer = new Sealer(SealKeys.From(key));
            var expected = new byte[plain.Length];
            var theirs = new SicBlockCipher(new AesEngine());
            theirs.Init(true, new ParametersWithIV(new KeyParameter(key, 0, 32), iv));
            for (var at = 0; at < plain.Length; at += 16)
            {
                var block = new byte[16];
                plain.AsSpan(at, Math.Min(16, plain.Length - at)).CopyTo(block);
                theirs.ProcessBlock(block, 0, block, 0);
                block.AsSpan(0, Math.Min(16, plain.Length - at)).CopyTo(expected.AsSpan(at));
            }

            return sealer.Seal(iv, plain).AsSpan(16, plain.Length).SequenceEqual(expected);
        }, iter: 30);

    [Fact]
    public void What_was_sealed_opens_and_a_flipped_bit_does_not() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, int.MaxValue]).Sample((plain, where) =>
        {
            using var sealer = new Sealer(Keys);
            var found = sealer.Seal(plain);
            var again = sealer.Open(found);
            found[where % found.Length] ^= (byte)(1 << (where % 8));
            return again.AsSpan().SequenceEqual(plain) && sealer.Open(found) is null;
        });

    [Fact]
    public void The_same_bytes_are_never_sealed_alike()
    {
        using var sealer = new Sealer(Keys);

        Assert.NotEqual(sealer.Seal("root"u8), sealer.Seal("root"u8));
    }

    [Fact]
    public void Anything_shorter_than_a_seal_is_refused()
    {
        using var sealer = new Sealer(Keys);

        for (var length = 0; length < Sealer.Overhead; length++)
            Assert.Null(sealer.Open(new byte[length]));
    }

    [Fact]
    public void Random_polynomials_are_irreducible_and_products_are_not()
    {
        // x^2+x+1 and the AES polynomial are; (x+1)^2 and x^8+1 are not.
        Assert.True(Polynomial.IsIrreducible(0b111));
        Assert.True(Polynomial.IsIrreducible(0x11b));
        Assert.False(Polynomial.IsIrreducible(0b101));
        Assert.False(Polynomial.IsIrreducible(0x101));
        var found = Polynomial.RandomIrreducible();
        Assert.Equal(1UL, found >> 53);
        Assert.True(Polynomial.IsIrreducible(found));
    }

    private static byte[] Ours(byte[] r, byte[] s, byte[] message)
    {
        var tag = new byte[16];
        Poly1305.Compute(r, s, message, tag);
        return tag;
    }

    private static byte[] Theirs(byte[] r, byte[] s, byte[] message)
    {
        var theirs = new Org.BouncyCastle.Crypto.Macs.Poly1305();
        theirs.Init(new KeyParameter([.. r, .. s]));
        theirs.BlockUpdate(message, 0, message.Length);
        var tag = new byte[16];
        theirs.DoFinal(tag, 0);
        return tag;
    }
}
