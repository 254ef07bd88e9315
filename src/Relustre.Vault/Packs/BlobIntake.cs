using Relustre.Vault.Index;

namespace Relustre.Vault.Packs;

/// <summary>Takes content and listings in: each blob once, and a listing only with all that it names.</summary>
internal sealed class BlobIntake(IndexFiles indexFiles, PackWriter writer, BlobReader reader)
{
    private const int PieceSize = 1 << 20;

    private volatile bool isDoubted;

    public async ValueTask<BlobId> PutAsync(BlobKind kind, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfZero(content.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, kind == BlobKind.Data ? BlobVault.MaxBlobSize : (int)PackedBlob.MaxLength);
        cancel.ThrowIfCancellationRequested();
        if (!indexFiles.IsLoaded)
            await indexFiles.LoadAsync(cancel);
        var id = BlobId.Of(content.Span);
        if (isDoubted && writer.Has(kind, id))
            await DistrustWhenDamagedAsync(kind, id, cancel);
        await writer.PutAsync(kind, id, content);
        return id;
    }

    public async ValueTask<IReadOnlyList<BlobId>> PutContentAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var pieces = new BlobId[(content.Length + PieceSize - 1) / PieceSize];
        for (var at = 0; at < pieces.Length; at++)
        {
            var rest = content[(at * PieceSize)..];
            pieces[at] = await PutAsync(BlobKind.Data, rest[..Math.Min(PieceSize, rest.Length)], cancel);
        }

        return pieces;
    }

    public ValueTask<BlobId> PutTreeAsync(Tree tree, CancellationToken cancel)
    {
        foreach (var node in tree.Nodes)
        {
            if (node.Subtree is { } subtree && !writer.Has(BlobKind.Tree, subtree))
                throw NotPut($"listing {subtree.Short}");
            foreach (var piece in node.Content)
            {
                if (!writer.Has(BlobKind.Data, piece))
                    throw NotPut($"content {piece.Short}");
            }
        }

        return PutAsync(BlobKind.Tree, tree.Encode(), cancel);
    }

    /// <summary>From now on nothing is believed to be there without being read.</summary>
    public void Doubt() => isDoubted = true;

    private async ValueTask DistrustWhenDamagedAsync(BlobKind kind, BlobId id, CancellationToken cancel)
    {
        try
        {
            await reader.GetAsync(kind, id, cancel);
        }
        catch (VaultDamagedException)
        {
            // The index does not know it any more: it is stored.
        }
    }

    // What was there a moment ago may have been found damaged by somebody else meanwhile.
    private Exception NotPut(string what) => indexFiles.IsWhole
        ? new ArgumentException($"{what} was not put before the tree that names it")
        : new VaultDamagedException(what, "it was lost since it was last seen");
}
