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
        var (content, damaged) = await TryGetAsync(kind, id, cancel);
        if (content is not null)
            return content;

        // Another writer may have added the blob, or a prune moved it, since the index was read.
        await indexFiles.LoadAsync(cancel);
        (content, var again) = await TryGetAsync(kind, id, cancel);
        return content ?? throw damaged ?? again ?? new VaultDamagedException($"blob {id}", Missing(kind, id));
    }

    // Looks into every pack that has it. One that fails is not believed again: then the blob counts as absent, and is stored anew when it comes.
    private async ValueTask<(byte[]? Content, VaultDamagedException? First)> TryGetAsync(BlobKind kind, BlobId id, CancellationToken cancel)
    {
        VaultDamagedException? first = null;
        while (index.TryFind(kind, id, out var pack, out var blob))
        {
            try
            {
                return (await ReadAsync(pack, blob, cancel), first);
            }
            catch (VaultDamagedException damaged)
            {
                first ??= damaged;
                index.Distrust(kind, id, pack);
            }
        }

        return (null, first);
    }

    private async ValueTask<byte[]> ReadAsync(BlobId pack, PackedBlob blob, CancellationToken cancel)
    {
        var what = Storage.NameOf(StorageArea.Data, pack);
        if (blob.Length > PackedBlob.MaxLength)
            throw new VaultDamagedException(what, $"blob {blob.Id.Short} claims a length that cannot be");
        var stored = await files.Storage.ReadAsync(StorageArea.Data, pack, blob.Offset, (int)blob.Length, cancel)
            ?? throw new VaultDamagedException(what, Missing(blob.Kind, blob.Id));
        return stored.Length == blob.Length
            ? codec.Open(blob.Id, stored, blob.PlainLength, what)
            : throw new VaultDamagedException(what, "it is cut short");
    }

    private string Missing(BlobKind kind, BlobId id) =>
        $"the {(kind == BlobKind.Tree ? "listing" : "content")} {id.Short} is not in the vault{(indexFiles.Damaged > 0 ? $", and {indexFiles.Damaged} of its index files cannot be read" : "")}";
}
