using Relustre.Vault.Files;
using Relustre.Vault.Index;

namespace Relustre.Vault.Packs;

/// <summary>
/// Gathers blobs of many writers in shared packs. What was put can be read at once and is durable after
/// <see cref="FlushAsync"/>.
/// </summary>
internal sealed class PackWriter(VaultFiles files, IndexFiles indexFiles, BlobIndex index)
{
    private readonly BlobCodec codec = new(files.Sealer);
    private readonly Lock gate = new();
    private readonly OpenPack[] open = [new(), new()];
    private readonly Dictionary<BlobId, SealedBlob>[] pending = [[], []];
    private readonly HashSet<Task> writing = [];
    private readonly Dictionary<(BlobKind, BlobId), Task> sealing = [];
    private Exception? failure;

    public bool Has(BlobKind kind, BlobId id) => FindPending(kind, id) is not null || index.Has(kind, id);

    public SealedBlob? FindPending(BlobKind kind, BlobId id)
    {
        lock (gate)
            return pending[(int)kind].GetValueOrDefault(id);
    }

    public async ValueTask PutAsync(BlobKind kind, BlobId id, ReadOnlyMemory<byte> content)
    {
        ThrowIfFailed();
        if (Has(kind, id))
            return;

        // Servers of one kind are read side by side and bring the same blobs in the same order: one seals, the others wait.
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Claim(kind, id, mine.Task) is { } others)
        {
            await others;
            return;
        }

        if (Seal(kind, id, content.Span, mine) is { } written)
            await written;
    }

    /// <summary>Makes everything put so far durable: packs first, then their index.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        await Task.WhenAll(StartAll());
        ThrowIfFailed();
        await Guarded(indexFiles.SaveAsync(cancel));
    }

    /// <summary>
    /// After a lost pack nothing more is taken: other writers' listings may already count on the blobs in it, and a
    /// snapshot of those would be damaged.
    /// </summary>
    public void ThrowIfFailed()
    {
        switch (failure)
        {
            case null: return;
            case VaultFullException full: throw new VaultFullException(full.Message, full);
            case VaultReadOnlyException readOnly: throw new VaultReadOnlyException(readOnly.Message, readOnly);
            default: throw new VaultUnreachableException($"an earlier write to the vault failed ({failure.Message}): open it again to go on", failure);
        }
    }

    /// <summary>Null: it is the caller's to seal. Otherwise somebody does it already.</summary>
    private Task? Claim(BlobKind kind, BlobId id, Task task)
    {
        lock (gate)
        {
            if (index.Has(kind, id) || pending[(int)kind].ContainsKey(id))
                return Task.CompletedTask;
            return sealing.TryAdd((kind, id), task) ? null : sealing[(kind, id)];
        }
    }

    private Task? Seal(BlobKind kind, BlobId id, ReadOnlySpan<byte> content, TaskCompletionSource mine)
    {
        try
        {
            var full = Enqueue(codec.Seal(kind, id, content));
            mine.SetResult();
            return full;
        }
        catch (Exception broken)
        {
            mine.SetException(broken);
            throw;
        }
        finally
        {
            lock (gate)
                sealing.Remove((kind, id));
        }
    }

    private Task? Enqueue(SealedBlob blob)
    {
        lock (gate)
        {
            if (index.Has(blob.Kind, blob.Id) || !pending[(int)blob.Kind].TryAdd(blob.Id, blob))
                return null;
            var pack = open[(int)blob.Kind];
            pack.Add(blob);
            return pack.IsFull ? Start(blob.Kind) : null;
        }
    }

    private Task[] StartAll()
    {
        lock (gate)
        {
            foreach (var kind in Enum.GetValues<BlobKind>())
            {
                if (!open[(int)kind].IsEmpty)
                    Start(kind);
            }

            return [.. writing];
        }
    }

    // Under the gate. Not cancelled by anybody: the pack holds blobs of other writers too.
    private Task Start(BlobKind kind)
    {
        var pack = open[(int)kind];
        open[(int)kind] = new OpenPack();
        var task = Task.Run(() => Guarded(WriteAsync(pack)));
        writing.Add(task);
        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    private void Forget(Task task)
    {
        lock (gate)
            writing.Remove(task);
    }

    private async Task WriteAsync(OpenPack open)
    {
        var (content, pack) = open.Finish(files.Sealer);
        await files.Storage.WriteAsync(StorageArea.Data, pack.Id, content, CancellationToken.None);
        lock (gate)
        {
            indexFiles.AddWritten(pack);
            foreach (var blob in pack.Blobs)
                pending[(int)blob.Kind].Remove(blob.Id);
        }
    }

    private async Task Guarded(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            failure ??= broken;
            throw;
        }
    }
}
