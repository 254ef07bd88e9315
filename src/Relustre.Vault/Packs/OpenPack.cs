using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Relustre.Vault.Sealing;

namespace Relustre.Vault.Packs;

/// <summary>Blobs of one kind on their way into a common file.</summary>
internal sealed class OpenPack
{
    // restic would repack what is much smaller when there are many; twice as much would only cost memory.
    private const int TargetSize = 8 << 20;
    private readonly List<SealedBlob> blobs = [];
    private long size;

    public bool IsFull => size >= TargetSize;

    public bool IsEmpty => blobs.Count == 0;

    public IReadOnlyList<SealedBlob> Blobs => blobs;

    public void Add(SealedBlob blob)
    {
        blobs.Add(blob);
        size += blob.Bytes.Length;
    }

    /// <summary>The file's bytes, and what is where in them.</summary>
    public (byte[] Content, Pack Pack) Finish(Sealer sealer)
    {
        // The order in which blobs came would tell the storage which small one changed.
        RandomNumberGenerator.Shuffle(CollectionsMarshal.AsSpan(blobs));
        var packed = new List<PackedBlob>(blobs.Count);
        uint offset = 0;
        foreach (var blob in blobs)
        {
            packed.Add(new PackedBlob(blob.Kind, blob.Id, offset, (uint)blob.Bytes.Length, blob.PlainLength));
            offset += (uint)blob.Bytes.Length;
        }

        var header = sealer.Seal(PackHeader.Encode(packed));
        var content = new byte[offset + header.Length + PackHeader.LengthSize];
        for (var at = 0; at < blobs.Count; at++)
            blobs[at].Bytes.CopyTo(content.AsSpan((int)packed[at].Offset));
        header.CopyTo(content.AsSpan((int)offset));
        BitConverter.TryWriteBytes(content.AsSpan(content.Length - PackHeader.LengthSize), header.Length);
        return (content, new Pack(BlobId.Of(content), packed));
    }
}
