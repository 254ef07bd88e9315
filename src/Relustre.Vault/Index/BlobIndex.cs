using Relustre.Vault.Packs;

namespace Relustre.Vault.Index;

/// <summary>Knows of every stored blob where it is. Safe for many threads.</summary>
internal sealed class BlobIndex
{
    private readonly Lock gate = new();
    private readonly Dictionary<BlobId, BlobLocation>[] blobs = [[], []];

    // The few blobs that lie in more than one pack: two writers brought them at once, or a lost pack's were stored anew.
    private readonly Dictionary<BlobId, List<BlobLocation>>[] copies = [[], []];
    private readonly List<IndexedPack> packs = [];
    private readonly HashSet<BlobId> lost = [];
    private readonly HashSet<(BlobId Pack, BlobId Blob)> spoilt = [];

    public int Count
    {
        get
        {
            lock (gate)
                return blobs[0].Count + blobs[1].Count;
        }
    }

    public bool Has(BlobKind kind, BlobId id)
    {
        lock (gate)
            return blobs[(int)kind].ContainsKey(id);
    }

    public bool TryFind(BlobKind kind, BlobId id, out BlobId pack, out PackedBlob blob)
    {
        lock (gate)
        {
            if (!blobs[(int)kind].TryGetValue(id, out var at))
            {
                (pack, blob) = (default, default);
                return false;
            }

            pack = packs[at.Pack].Id;
            blob = new PackedBlob(kind, id, at.Offset, at.Length, at.PlainLength);
            return true;
        }
    }

    /// <summary>True when the blob's pack stands in a durable index file, so that a snapshot may name it.</summary>
    public bool IsDurable(BlobKind kind, BlobId id)
    {
        lock (gate)
            return blobs[(int)kind].TryGetValue(id, out var at) && packs[at.Pack].Indexed;
    }

    /// <summary>Adds whole packs. A blob that is known already keeps its place, unless only that one was not indexed.</summary>
    public void Add(IReadOnlyList<Pack> added, bool indexed)
    {
        lock (gate)
        {
            Reserve(added);
            foreach (var pack in added.Where(pack => !lost.Contains(pack.Id)))
            {
                packs.Add(new(pack.Id, indexed, PackHeader.PackSize(pack.Blobs)));
                foreach (var blob in pack.Blobs)
                    Add(blob, indexed);
            }
        }
    }

    /// <summary>Never again believes that the blob lies in this pack; where another has it too, it is found there.</summary>
    public void Distrust(BlobKind kind, BlobId id, BlobId pack)
    {
        lock (gate)
        {
            spoilt.Add((pack, id));
            if (blobs[(int)kind].TryGetValue(id, out var at) && packs[at.Pack].Id == pack)
                Replace(kind, id);
        }
    }

    /// <summary>Compares with what is there; nothing is found any more in a pack that is gone or has another size.</summary>
    /// <param name="present">Listed after the index was read: a pack is written before the index that names it.</param>
    public PackInventory Disown(IReadOnlyDictionary<BlobId, long> present)
    {
        lock (gate)
        {
            var bad = packs.Where(pack => pack.Indexed && present.GetValueOrDefault(pack.Id, -1) != pack.Size && lost.Add(pack.Id))
                .Select(pack => new LostPack(pack.Id, present.TryGetValue(pack.Id, out var size) ? size : null, pack.Size)).ToList();
            if (bad.Count > 0)
                ReplaceLost();
            var known = packs.Select(pack => pack.Id).ToHashSet();
            return new(bad, IsWhole: lost.Count == 0 && spoilt.Count == 0 && present.Keys.All(known.Contains));
        }
    }

    /// <summary>Finds nothing any more in packs of which a blob was found damaged: what is next to it may be, too.</summary>
    public void DisownSpoilt()
    {
        lock (gate)
        {
            lost.UnionWith(spoilt.Select(one => one.Pack));
            ReplaceLost();
        }
    }

    /// <summary>True of a lost pack when everything that it held rests elsewhere.</summary>
    public bool IsReplaced(Pack pack)
    {
        lock (gate)
            return lost.Contains(pack.Id) && pack.Blobs.All(blob => IsDurable(blob.Kind, blob.Id));
    }

    public void Clear()
    {
        lock (gate)
        {
            packs.Clear();
            foreach (var kind in Enum.GetValues<BlobKind>())
            {
                blobs[(int)kind].Clear();
                copies[(int)kind].Clear();
            }
        }
    }

    private void Add(PackedBlob blob, bool indexed)
    {
        var pack = packs[^1].Id;
        if (spoilt.Contains((pack, blob.Id)))
            return;
        var location = new BlobLocation(packs.Count - 1, blob.Offset, blob.Length, blob.PlainLength);
        var known = blobs[(int)blob.Kind];
        if (known.TryAdd(blob.Id, location))
            return;
        var other = known[blob.Id];
        if (indexed && !packs[other.Pack].Indexed)
            known[blob.Id] = location;
        else
            other = location;
        if (packs[other.Pack].Id != packs[known[blob.Id].Pack].Id)
            CopiesOf(blob).Add(other);
    }

    private List<BlobLocation> CopiesOf(PackedBlob blob)
    {
        var known = copies[(int)blob.Kind];
        return known.TryGetValue(blob.Id, out var list) ? list : known[blob.Id] = [];
    }

    private void ReplaceLost()
    {
        foreach (var kind in Enum.GetValues<BlobKind>())
            foreach (var id in blobs[(int)kind].Where(blob => lost.Contains(packs[blob.Value.Pack].Id)).Select(blob => blob.Key).ToList())
                Replace(kind, id);
    }

    private void Replace(BlobKind kind, BlobId id)
    {
        var others = copies[(int)kind].GetValueOrDefault(id, [])
            .Where(other => !lost.Contains(packs[other.Pack].Id) && !spoilt.Contains((packs[other.Pack].Id, id)))
            .OrderByDescending(other => packs[other.Pack].Indexed).ToList();
        if (others is [var next, ..])
            blobs[(int)kind][id] = next;
        else
            blobs[(int)kind].Remove(id);
    }

    private void Reserve(IReadOnlyList<Pack> added)
    {
        Span<int> more = stackalloc int[2];
        foreach (var pack in added)
        {
            if (pack.Blobs.Count > 0)
                more[(int)pack.Blobs[0].Kind] += pack.Blobs.Count;
        }

        for (var kind = 0; kind < 2; kind++)
            blobs[kind].EnsureCapacity(blobs[kind].Count + more[kind]);
    }

    private readonly record struct IndexedPack(BlobId Id, bool Indexed, long Size);
}
