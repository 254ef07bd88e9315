using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>An overlay is a storage like any other, and what is below it never notices.</summary>
public sealed class OverlayStorageTests : StorageLaws
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override Storage NewStorage() => new OverlayStorage(new MemoryStorage());

    [Fact]
    public async Task What_is_below_is_seen_and_never_changed()
    {
        var below = new MemoryStorage();
        await below.PrepareAsync(Cancel);
        var (kept, gone, added) = (BlobId.Of("kept"u8), BlobId.Of("gone"u8), BlobId.Of("added"u8));
        await below.WriteAsync(StorageArea.Data, kept, new byte[3], Cancel);
        await below.WriteAsync(StorageArea.Data, gone, new byte[4], Cancel);
        var overlay = new OverlayStorage(below);

        Assert.True(await overlay.DeleteAsync(StorageArea.Data, gone, Cancel));
        await overlay.WriteAsync(StorageArea.Data, added, new byte[5], Cancel);

        Assert.Equal([new(kept, 3), new(added, 5)], await overlay.ListAsync(StorageArea.Data, Cancel));
        Assert.Null(await overlay.ReadAsync(StorageArea.Data, gone, 0, 10, Cancel));
        Assert.Equal(3, (await overlay.ReadAsync(StorageArea.Data, kept, 0, 10, Cancel))?.Length);
        Assert.Equal(2, (await below.ListAsync(StorageArea.Data, Cancel)).Count);
        Assert.False(await below.ExistsAsync(StorageArea.Data, added, Cancel));
    }
}
