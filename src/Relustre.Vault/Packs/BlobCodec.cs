using System.Buffers;
using Relustre.Vault.Sealing;

namespace Relustre.Vault.Packs;

/// <summary>Turns a blob's content into what a pack holds, and back: compressed when that helps, sealed, and always verified.</summary>
internal sealed class BlobCodec(Sealer sealer)
{
    // zstd's densest block says 128 KiB in four bytes; what claims more is a lie made to fill our memory.
    private const long MaxRatio = 33_000;

    public SealedBlob Seal(BlobKind kind, BlobId id, ReadOnlySpan<byte> content)
    {
        var compressed = Zstd.Compress(content);

        // restic repacks listings that are not compressed; files' content may stay as it is.
        var keep = kind == BlobKind.Tree || compressed.Length < content.Length;
        var blob = new SealedBlob(kind, id, sealer.Seal(keep ? compressed : content), keep ? (uint)content.Length : 0);
        Verify(blob);
        return blob;
    }

    /// <exception cref="VaultDamagedException">The bytes do not open to the content that the id names.</exception>
    public byte[] Open(BlobId id, ReadOnlySpan<byte> sealedBytes, uint plainLength, string what)
    {
        var problem = TryOpen(id, sealedBytes, plainLength, out var content);
        return problem is null ? content : throw new VaultDamagedException(what, $"blob {id.Short} {problem}");
    }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? TryOpen(BlobId id, ReadOnlySpan<byte> sealedBytes, uint plainLength, out byte[] content)
    {
        content = [];
        if (sealedBytes.Length < Sealer.Overhead)
            return "is cut short";
        var size = sealedBytes.Length - Sealer.Overhead;
        if (plainLength > PackedBlob.MaxLength || plainLength > (size * MaxRatio) + (128 << 10))
            return "claims a length that cannot be";
        if (plainLength == 0)
        {
            content = new byte[size];
            return !sealer.TryOpen(sealedBytes, content) ? "was changed" : BlobId.Of(content) == id ? null : "holds other content than its id says";
        }

        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            if (!sealer.TryOpen(sealedBytes, buffer))
                return "was changed";
            content = new byte[plainLength];
            return !Zstd.TryDecompress(buffer.AsSpan(0, size), content) ? "does not decompress to its length"
                : BlobId.Of(content) == id ? null : "holds other content than its id says";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Compressors have had bugs that only showed at restore time, years later: look now, while the original is at hand.
    private void Verify(SealedBlob blob)
    {
        if (TryOpen(blob.Id, blob.Bytes, blob.PlainLength, out _) is { } problem)
            throw new InvalidOperationException($"a blob just sealed {problem}: this machine's memory or processor is unreliable");
    }
}
