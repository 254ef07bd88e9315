using System.Collections.Concurrent;
using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>A storage without a disk, whose files a test can damage.</summary>
internal sealed class MemoryStorage : Storage
{
    public ConcurrentDictionary<(StorageArea Area, BlobId Name), byte[]> Files { get; } = [];

    public override string Location => "memory";

    /// <summary>Called before each change; throws to stop it.</summary>
    public Action<StorageArea> BeforeChange { get; set; } = _ => { };

    public MemoryStorage Copy()
    {
        var copy = new MemoryStorage();
        foreach (var (key, content) in Files)
            copy.Files[key] = content;
        return copy;
    }

    public override ValueTask PrepareAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public override ValueTask<IReadOnlyList<StoredFile>> ListAsync(StorageArea area, CancellationToken cancel) =>
        ValueTask.FromResult<IReadOnlyList<StoredFile>>(
            [.. Files.Where(file => file.Key.Area == area).Select(file => new StoredFile(file.Key.Name, file.Value.Length))]);

    public override ValueTask<byte[]?> ReadAsync(StorageArea area, BlobId name, long offset, int length, CancellationToken cancel)
    {
        if (!Files.TryGetValue((area, name), out var content))
            return ValueTask.FromResult<byte[]?>(null);
        var start = (int)Math.Min(offset, content.Length);
        return ValueTask.FromResult<byte[]?>(content[start..(start + Math.Min(length, content.Length - start))]);
    }

    public override ValueTask WriteAsync(StorageArea area, BlobId name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        BeforeChange(area);
        Files[(area, name)] = content.ToArray();
        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> DeleteAsync(StorageArea area, BlobId name, CancellationToken cancel)
    {
        BeforeChange(area);
        return ValueTask.FromResult(Files.TryRemove((area, name), out _));
    }

    public override ValueTask<bool> ExistsAsync(StorageArea area, BlobId name, CancellationToken cancel) =>
        ValueTask.FromResult(Files.ContainsKey((area, name)));

    /// <summary>Puts the files into a folder as restic knows them.</summary>
    public async Task SaveToAsync(string folder)
    {
        var local = new LocalStorage(folder);
        await local.PrepareAsync(default);
        foreach (var ((area, name), content) in Files)
            await local.WriteAsync(area, name, content, default);
    }
}
