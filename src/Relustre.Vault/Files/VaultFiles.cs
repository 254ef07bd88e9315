using Relustre.Vault.Sealing;

namespace Relustre.Vault.Files;

/// <summary>The small sealed files: index, snapshots and locks. Compressed JSON, named by the hash of what is stored.</summary>
internal sealed class VaultFiles(Storage storage, Sealer sealer)
{
    private const byte Compressed = 2;

    public Storage Storage => storage;

    public Sealer Sealer => sealer;

    public async ValueTask<BlobId> WriteAsync(StorageArea area, ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        var sealedFile = Seal(json.Span);
        var id = BlobId.Of(sealedFile);
        await storage.WriteAsync(area, id, sealedFile, cancel);
        return id;
    }

    /// <summary>The file's JSON; null when there is no such file.</summary>
    /// <exception cref="VaultDamagedException">It is not what was written.</exception>
    public async ValueTask<byte[]?> ReadAsync(StorageArea area, BlobId id, CancellationToken cancel)
    {
        var limit = LimitOf(area);
        var stored = await storage.ReadAsync(area, id, 0, limit + 1, cancel);
        return stored is null ? null : Open(area, id, stored, limit);
    }

    // Nothing of ours comes near; what does was made to fill our memory.
    private static int LimitOf(StorageArea area) => area switch
    {
        StorageArea.Index => 256 << 20,
        StorageArea.Snapshots => 16 << 20,
        _ => 1 << 20,
    };

    private byte[] Open(StorageArea area, BlobId id, byte[] stored, int limit)
    {
        if (stored.Length > limit)
            throw Damaged(area, id, $"it is larger than {limit} bytes");
        if (BlobId.Of(stored) != id)
            throw Damaged(area, id, stored.Length == 0 ? "it is empty" : "its content does not match its name");
        var plain = sealer.Open(stored) ?? throw Damaged(area, id, "it was not sealed with this vault's key");
        return plain switch
        {
            [(byte)'{' or (byte)'[', ..] => plain,
            [Compressed, ..] => Zstd.Decompress(plain.AsSpan(1), limit) ?? throw Damaged(area, id, "its compressed content is broken or far too large"),
            _ => throw Damaged(area, id, "its content is of an unknown encoding"),
        };
    }

    private byte[] Seal(ReadOnlySpan<byte> json)
    {
        var plain = Zstd.Compress(json, prefix: 1);
        plain[0] = Compressed;
        var sealedFile = sealer.Seal(plain);

        // Compressors have had bugs that only showed at restore time, years later: look now, while the original is at hand.
        var check = sealer.Open(sealedFile);
        if (check is null || Zstd.Decompress(check.AsSpan(1), Math.Max(json.Length, 1) + (1 << 20)) is not { } again || !json.SequenceEqual(again))
            throw new InvalidOperationException("what was sealed cannot be opened again: this machine's memory or processor is unreliable");
        return sealedFile;
    }

    private static VaultDamagedException Damaged(StorageArea area, BlobId id, string problem) =>
        new(Storage.NameOf(area, id), problem);
}
