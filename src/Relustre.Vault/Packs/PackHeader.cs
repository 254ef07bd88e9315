using System.Buffers.Binary;
using Relustre.Vault.Sealing;

namespace Relustre.Vault.Packs;

/// <summary>The end of a pack, which tells what is in it when every index is lost.</summary>
internal static class PackHeader
{
    public const int LengthSize = 4;
    private const int MaxSize = 16 << 20;
    private const int PlainEntry = 1 + 4 + BlobId.Size;
    private const int CompressedEntry = PlainEntry + 4;

    public static byte[] Encode(IReadOnlyList<PackedBlob> blobs)
    {
        var header = new byte[SizeOf(blobs)];
        var at = header.AsSpan();
        foreach (var blob in blobs)
        {
            var compressed = blob.PlainLength != 0;
            at[0] = (byte)((blob.Kind == BlobKind.Tree ? 1 : 0) + (compressed ? 2 : 0));
            BinaryPrimitives.WriteUInt32LittleEndian(at[1..], blob.Length);
            if (compressed)
                BinaryPrimitives.WriteUInt32LittleEndian(at[5..], blob.PlainLength);
            var size = compressed ? CompressedEntry : PlainEntry;
            blob.Id.CopyTo(at[(size - BlobId.Size)..]);
            at = at[size..];
        }

        return header;
    }

    /// <summary>How large a pack of these blobs is.</summary>
    public static long PackSize(IReadOnlyList<PackedBlob> blobs)
    {
        long size = SizeOf(blobs) + Sealer.Overhead + LengthSize;
        foreach (var blob in blobs)
            size += blob.Length;
        return size;
    }

    /// <summary>The stored header's length; 0 when the pack cannot hold one.</summary>
    public static int StoredLength(ReadOnlySpan<byte> lastBytes, long packSize)
    {
        if (lastBytes.Length < LengthSize)
            return 0;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(lastBytes[^LengthSize..]);
        return length > Sealer.Overhead && length <= MaxSize && length <= packSize - LengthSize ? (int)length : 0;
    }

    /// <exception cref="VaultDamagedException">It does not describe a pack of this size.</exception>
    public static IReadOnlyList<PackedBlob> Decode(ReadOnlySpan<byte> header, long packSize, string what)
    {
        var blobs = new List<PackedBlob>(header.Length / PlainEntry);
        var blobsEnd = packSize - LengthSize - header.Length - Sealer.Overhead;
        long offset = 0;
        while (!header.IsEmpty)
        {
            var type = header[0];
            var size = type >= 2 ? CompressedEntry : PlainEntry;
            if (type > 3 || header.Length < size)
                throw new VaultDamagedException(what, "its header holds what is no entry");
            var blob = new PackedBlob(
                (type & 1) == 1 ? BlobKind.Tree : BlobKind.Data,
                new BlobId(header[(size - BlobId.Size)..size]),
                (uint)offset,
                BinaryPrimitives.ReadUInt32LittleEndian(header[1..]),
                type >= 2 ? BinaryPrimitives.ReadUInt32LittleEndian(header[5..]) : 0);
            offset += blob.Length;
            if (blob.Length < Sealer.Overhead || offset > blobsEnd || (type >= 2 && blob.PlainLength == 0))
                throw new VaultDamagedException(what, "its header's lengths do not fit the file");
            blobs.Add(blob);
            header = header[size..];
        }

        return offset == blobsEnd ? blobs : throw new VaultDamagedException(what, "its header does not cover the whole file");
    }

    private static int SizeOf(IReadOnlyList<PackedBlob> blobs)
    {
        var size = 0;
        foreach (var blob in blobs)
            size += blob.PlainLength != 0 ? CompressedEntry : PlainEntry;
        return size;
    }
}
