using Relustre.Vault.Files;
using Relustre.Vault.Index;

namespace Relustre.Vault.Packs;

/// <summary>Brings blobs back, each verified against its id.</summary>
internal sealed class BlobReader(VaultFiles files, IndexFiles indexFiles, BlobIndex index, PackWriter writer)
{
    private readonly BlobCodec codec = new(files.Sealer);

    public async ValueTask<byte[]> GetAsync(BlobKind kind, BlobId id, CancellationToken cancel)
    {
        if (writer.FindPending(kind, id) is { } pending)
            return codec.Open(id, pending.Bytes, pending.PlainLength, "memory");
        return await TryGetAsync(kind, id, cancel) ?? await GetAfterReloadAsync(kind, id, cancel);
    }

    // Another writer may have added the blob, or a prune moved it, since the index was read.
    private async ValueTask<byte[]> GetAfterReloadAsync(BlobKind kind, BlobId id, CancellationToken cancel)
    {
        await indexFiles.LoadAsync(cancel);
        return await TryGetAsync(kind, id, cancel) ?? throw new VaultDamagedException(
            index.TryFind(kind, id, out var pack, out _) ? Storage.NameOf(StorageArea.Data, pack) : $"blob {id}",
            $"the {(kind == BlobKind.Tree ? "listing" : "content")} {id.Short} is not in the vault{(indexFiles.Damaged > 0 ? $", and {indexFiles.Damaged} of its index files cannot be read" : "")}");
    }

    private async ValueTask<byte[]?> TryGetAsync(BlobKind kind, BlobId id, CancellationToken cancel)
    {
        if (!index.TryFind(kind, id, out var pack, out var blob))
            return null;
        var what = Storage.NameOf(StorageArea.Data, pack);
        if (blob.Length > PackedBlob.MaxLength)
            throw new VaultDamagedException(what, $"blob {id.Short} claims a length that cannot be");
        var stored = await files.Storage.ReadAsync(StorageArea.Data, pack, blob.Offset, (int)blob.Length, cancel);
        if (stored is null)
            return null;
        return stored.Length == blob.Length
            ? codec.Open(id, stored, blob.PlainLength, what)
            : throw new VaultDamagedException(what, "it is cut short");
    }
}
