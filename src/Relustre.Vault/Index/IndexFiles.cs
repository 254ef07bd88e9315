using System.Collections.Concurrent;
using Relustre.Vault.Files;
using Relustre.Vault.Packs;

namespace Relustre.Vault.Index;

/// <summary>Keeps the index in memory true to the index files, and writes one for the packs that have none yet.</summary>
internal sealed class IndexFiles(VaultFiles files, BlobIndex index, FaultReport faults) : IDisposable
{
    private const int MaxBlobsPerFile = 50_000;
    private const string WhenLost = "what servers still have of it is stored anew by this run; 'relustre check' names the snapshots that miss the rest";
    private readonly SemaphoreSlim gate = new(1);
    private readonly HashSet<BlobId> loaded = [];
    private readonly List<Pack> waiting = [];

    public bool IsLoaded { get; private set; }

    /// <summary>How many index files could not be read at the last load.</summary>
    public int Damaged { get; private set; }

    /// <summary>False when something that the index named may be missing, as far as was seen so far.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Reads what is new. A file that vanished means that blobs may have: then everything is read again.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            var names = (await files.Storage.ListAsync(StorageArea.Index, cancel)).Select(file => file.Name).ToHashSet();
            var vanished = !loaded.IsSubsetOf(names);
            var read = await ReadAllAsync([.. vanished ? names : names.Except(loaded)], cancel);
            if (vanished)
                Forget();
            foreach (var (id, packs) in read)
            {
                index.Add(packs, indexed: true);
                loaded.Add(id);
            }

            Damaged = names.Count(name => !loaded.Contains(name));
            IsLoaded = true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>
    /// Compares the index with the packs that are there: what lies in a lost one is not known any more, so that it is stored
    /// anew when it comes again. Each such pack is told.
    /// </summary>
    public async Task DisownLostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var present = (await files.Storage.ListAsync(StorageArea.Data, cancel)).ToDictionary(file => file.Name, file => file.Size);
        var inventory = index.Disown(present);
        IsWhole = inventory.IsWhole && Damaged == 0;
        foreach (var pack in inventory.Lost)
            faults.Add(new VaultFault(FaultSeverity.Damage, Storage.NameOf(StorageArea.Data, pack.Id), pack.Problem, WhenLost));
    }

    /// <summary>Believes nothing any more of packs in which damage was met, so that what comes again is stored anew.</summary>
    public void DisownSpoilt()
    {
        IsWhole = false;
        index.DisownSpoilt();
    }

    /// <summary>
    /// Takes packs that are lost out of the index files once all that they held is stored elsewhere. Under an exclusive lock:
    /// others may be reading the files that are replaced.
    /// </summary>
    public async Task ForgetReplacedAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        foreach (var (id, packs) in await ReadAllAsync([.. loaded], cancel))
        {
            var kept = packs.Where(pack => !index.IsReplaced(pack)).ToList();
            if (kept.Count == packs.Count)
                continue;
            // The new file first: twice the same is harmless.
            if (kept.Count > 0)
                loaded.Add(await files.WriteAsync(StorageArea.Index, IndexCodec.Encode(kept), cancel));
            await files.Storage.DeleteAsync(StorageArea.Index, id, cancel);
            loaded.Remove(id);
        }
    }

    /// <summary>Takes a pack that is durable; its blobs can be found from now on.</summary>
    public void AddWritten(Pack pack)
    {
        lock (waiting)
        {
            waiting.Add(pack);
            index.Add([pack], indexed: false);
        }
    }

    /// <summary>Writes the index of all waiting packs: one file, unless there are very many blobs.</summary>
    public async Task SaveAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            while (NextFile() is { Count: > 0 } packs)
            {
                loaded.Add(await files.WriteAsync(StorageArea.Index, IndexCodec.Encode(packs), cancel));
                lock (waiting)
                {
                    waiting.RemoveRange(0, packs.Count);
                    index.Add(packs, indexed: true);
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    // All blobs of a pack stand in one file: split between packs only.
    private List<Pack> NextFile()
    {
        lock (waiting)
        {
            var blobs = 0;
            var count = waiting.TakeWhile(pack => (blobs += pack.Blobs.Count) <= MaxBlobsPerFile || blobs == pack.Blobs.Count).Count();
            return waiting[..count];
        }
    }

    private void Forget()
    {
        lock (waiting)
        {
            loaded.Clear();
            index.Clear();
            index.Add(waiting, indexed: false);
        }
    }

    private async Task<IReadOnlyCollection<(BlobId, List<Pack>)>> ReadAllAsync(BlobId[] names, CancellationToken cancel)
    {
        var read = new ConcurrentBag<(BlobId, List<Pack>)>();
        await Parallel.ForEachAsync(names, cancel, async (name, stop) =>
        {
            var what = Storage.NameOf(StorageArea.Index, name);
            try
            {
                // One that vanished since the listing is noticed at the next load.
                if (await files.ReadAsync(StorageArea.Index, name, stop) is { } json)
                    read.Add((name, IndexCodec.Decode(json, what)));
            }
            catch (VaultDamagedException damaged)
            {
                faults.Add(VaultFault.From(damaged, "blobs that only it names will be stored again; 'restic rebuild-index' makes a new one"));
            }
        });
        return read;
    }
}
