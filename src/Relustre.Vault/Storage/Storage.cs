namespace Relustre.Vault;

/// <summary>
/// Keeps whole files by name and nothing more: a folder, a bucket, a REST server. It never sees plain text.
/// A file is there whole and durable, or not at all; files of a name that is no id do not exist for us.
/// </summary>
/// <remarks>The name of <see cref="StorageArea.Config"/>'s one file is <c>default</c>.</remarks>
public abstract class Storage
{
    /// <summary>Where it is, as an administrator would write it.</summary>
    public abstract string Location { get; }

    /// <summary>Makes what files need to be written: folders, a bucket. Harmless when it is there.</summary>
    public abstract ValueTask PrepareAsync(CancellationToken cancel);

    /// <summary>In no particular order; empty when the area is not there.</summary>
    public abstract ValueTask<IReadOnlyList<StoredFile>> ListAsync(StorageArea area, CancellationToken cancel);

    /// <summary>Up to <paramref name="length"/> bytes, fewer at the end of the file; null when there is no such file.</summary>
    public abstract ValueTask<byte[]?> ReadAsync(StorageArea area, BlobId name, long offset, int length, CancellationToken cancel);

    /// <summary>Returns when the file is durable. A failure leaves no part of it behind.</summary>
    /// <exception cref="VaultFullException">No space is left.</exception>
    /// <exception cref="VaultReadOnlyException">Writing is not allowed.</exception>
    public abstract ValueTask WriteAsync(StorageArea area, BlobId name, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>False when there was no such file.</summary>
    public abstract ValueTask<bool> DeleteAsync(StorageArea area, BlobId name, CancellationToken cancel);

    public abstract ValueTask<bool> ExistsAsync(StorageArea area, BlobId name, CancellationToken cancel);

    /// <summary>Removes what writes that were interrupted before <paramref name="before"/> left behind, where that can be. Never fails for it.</summary>
    public virtual ValueTask TidyAsync(DateTimeOffset before, CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>What an administrator sees in a listing: <c>index/0123…</c>.</summary>
    public static string NameOf(StorageArea area, BlobId name) =>
        area == StorageArea.Config ? "config" : $"{FolderOf(area)}/{name}";

    /// <summary>The folder's name in the format, which is the same for every kind of storage.</summary>
    public static string FolderOf(StorageArea area) => area switch
    {
        StorageArea.Keys => "keys",
        StorageArea.Data => "data",
        StorageArea.Index => "index",
        StorageArea.Snapshots => "snapshots",
        StorageArea.Locks => "locks",
        _ => "",
    };
}
