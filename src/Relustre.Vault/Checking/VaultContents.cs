using Relustre.Vault.Index;
using Relustre.Vault.Packs;

namespace Relustre.Vault.Checking;

/// <summary>What the index files say that the vault holds.</summary>
internal sealed class VaultContents
{
    public BlobIndex Blobs { get; } = new();

    public Dictionary<BlobId, Pack> Packs { get; } = [];

    /// <summary>Packs whose blobs cannot be had: missing, or of another size than the index says.</summary>
    public HashSet<BlobId> LostPacks { get; } = [];

    public long Trees { get; private set; }

    /// <summary>False when the pack stands in an index file already.</summary>
    public bool Add(Pack pack)
    {
        if (!Packs.TryAdd(pack.Id, pack))
            return false;
        foreach (var blob in pack.Blobs)
            Trees += blob.Kind == BlobKind.Tree ? 1 : 0;
        return true;
    }

    /// <summary>When it is known which packs are lost: a blob is found in one of those only if no other has it.</summary>
    public void Arrange()
    {
        Blobs.Add([.. Packs.Values.Where(pack => !LostPacks.Contains(pack.Id))], indexed: true);
        Blobs.Add([.. Packs.Values.Where(pack => LostPacks.Contains(pack.Id))], indexed: true);
    }

    public bool IsReplaced(Pack pack) => pack.Blobs.All(blob => Blobs.TryFind(blob.Kind, blob.Id, out var place, out _) && !LostPacks.Contains(place));
}
