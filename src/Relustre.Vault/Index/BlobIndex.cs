using Relustre.Vault.Packs;

namespace Relustre.Vault.Index;

/// <summary>Knows of every stored blob where it is. Safe for many threads.</summary>
internal sealed class BlobIndex
{
    private readonly Lock gate = new();
    private readonly Dictionary<BlobId, BlobLocation>[] blobs = [[], []];
    private readonly List<(BlobId Id, bool Indexed)> packs = [];

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
            foreach (var pack in added)
            {
                packs.Add((pack.Id, indexed));
                foreach (var blob in pack.Blobs)
                    Add(blob, indexed);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            packs.Clear();
            foreach (var kind in blobs)
                kind.Clear();
        }
    }

    private void Add(PackedBlob blob, bool indexed)
    {
        var location = new BlobLocation(packs.Count - 1, blob.Offset, blob.Length, blob.PlainLength);
        var known = blobs[(int)blob.Kind];
        if (!known.TryAdd(blob.Id, location) && indexed && !packs[known[blob.Id].Pack].Indexed)
            known[blob.Id] = location;
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
}
