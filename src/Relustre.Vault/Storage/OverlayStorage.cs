using System.Collections.Concurrent;

namespace Relustre.Vault;

/// <summary>Another storage as it is, with changes that stay in memory and go with this object: to look without leaving a trace.</summary>
internal sealed class OverlayStorage(Storage below) : Storage
{
    private readonly ConcurrentDictionary<(StorageArea Area, BlobId Name), byte[]> written = new();
    private readonly ConcurrentDictionary<(StorageArea Area, BlobId Name), bool> deleted = new();

    public override string Location => below.Location;

    public override ValueTask PrepareAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public override async ValueTask<IReadOnlyList<StoredFile>> ListAsync(StorageArea area, CancellationToken cancel) =>
    [
        .. (await below.ListAsync(area, cancel)).Where(file => !deleted.ContainsKey((area, file.Name)) && !written.ContainsKey((area, file.Name))),
        .. from file in written where file.Key.Area == area select new StoredFile(file.Key.Name, file.Value.Length),
    ];

    public override ValueTask<byte[]?> ReadAsync(StorageArea area, BlobId name, long offset, int length, CancellationToken cancel)
    {
        if (!written.TryGetValue((area, name), out var content))
            return deleted.ContainsKey((area, name)) ? ValueTask.FromResult<byte[]?>(null) : below.ReadAsync(area, name, offset, length, cancel);
        var start = (int)Math.Min(offset, content.Length);
        return ValueTask.FromResult<byte[]?>(content[start..Math.Min(content.Length, start + length)]);
    }

    public override ValueTask WriteAsync(StorageArea area, BlobId name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        written[(area, name)] = content.ToArray();
        deleted.TryRemove((area, name), out _);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<bool> DeleteAsync(StorageArea area, BlobId name, CancellationToken cancel)
    {
        var was = await ExistsAsync(area, name, cancel);
        deleted[(area, name)] = true;
        written.TryRemove((area, name), out _);
        return was;
    }

    public override async ValueTask<bool> ExistsAsync(StorageArea area, BlobId name, CancellationToken cancel) =>
        written.ContainsKey((area, name)) || (!deleted.ContainsKey((area, name)) && await below.ExistsAsync(area, name, cancel));
}
