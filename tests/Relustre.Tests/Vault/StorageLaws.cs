using CsCheck;
using Relustre.Vault;

namespace Relustre.Tests.Vault;

/// <summary>What every storage promises, whatever it keeps its files on.</summary>
public abstract class StorageLaws
{
    private static readonly StorageArea[] Areas = Enum.GetValues<StorageArea>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Storage NewStorage();

    [Fact]
    public async Task What_was_written_is_there_whole()
    {
        var storage = await PreparedAsync();
        foreach (var area in Areas)
        {
            var content = Gen.Byte.Array[0, 5000].Single();
            var name = NameIn(area, content);

            await storage.WriteAsync(area, name, content, Cancel);

            Assert.True(await storage.ExistsAsync(area, name, Cancel));
            Assert.Equal(content, await storage.ReadAsync(area, name, 0, 10_000, Cancel));
            Assert.Equal([new StoredFile(name, content.Length)], await storage.ListAsync(area, Cancel));
        }
    }

    [Fact]
    public async Task A_range_is_what_it_says_and_ends_with_the_file()
    {
        var storage = await PreparedAsync();
        var content = Gen.Byte.Array[1000].Single();
        var name = BlobId.Of(content);
        await storage.WriteAsync(StorageArea.Data, name, content, Cancel);

        Assert.Equal(content[10..30], await storage.ReadAsync(StorageArea.Data, name, 10, 20, Cancel));
        Assert.Equal(content[990..], await storage.ReadAsync(StorageArea.Data, name, 990, 20, Cancel));
        Assert.Empty(await storage.ReadAsync(StorageArea.Data, name, 5000, 20, Cancel) ?? [1]);
        Assert.Empty(await storage.ReadAsync(StorageArea.Data, name, 0, 0, Cancel) ?? [1]);
    }

    [Fact]
    public async Task What_is_not_there_is_null_false_or_empty()
    {
        var storage = await PreparedAsync();
        foreach (var area in Areas)
        {
            Assert.Null(await storage.ReadAsync(area, BlobId.Of("x"u8), 0, 10, Cancel));
            Assert.False(await storage.ExistsAsync(area, BlobId.Of("x"u8), Cancel));
            Assert.False(await storage.DeleteAsync(area, BlobId.Of("x"u8), Cancel));
            Assert.Empty(await storage.ListAsync(area, Cancel));
        }
    }

    [Fact]
    public async Task A_storage_that_was_never_prepared_is_empty()
    {
        var storage = NewStorage();
        foreach (var area in Areas)
        {
            Assert.Empty(await storage.ListAsync(area, Cancel));
            Assert.Null(await storage.ReadAsync(area, default, 0, 10, Cancel));
        }
    }

    [Fact]
    public async Task What_was_deleted_is_gone_and_the_rest_stays()
    {
        var storage = await PreparedAsync();
        await storage.WriteAsync(StorageArea.Data, BlobId.Of("a"u8), new byte[1], Cancel);
        await storage.WriteAsync(StorageArea.Data, BlobId.Of("b"u8), new byte[2], Cancel);

        Assert.True(await storage.DeleteAsync(StorageArea.Data, BlobId.Of("a"u8), Cancel));

        Assert.Equal([new StoredFile(BlobId.Of("b"u8), 2)], await storage.ListAsync(StorageArea.Data, Cancel));
    }

    [Fact]
    public async Task Preparing_twice_harms_nothing()
    {
        var storage = await PreparedAsync();
        await storage.WriteAsync(StorageArea.Keys, BlobId.Of("a"u8), new byte[1], Cancel);

        await storage.PrepareAsync(Cancel);

        Assert.Single(await storage.ListAsync(StorageArea.Keys, Cancel));
    }

    [Fact]
    public async Task Many_writers_do_not_disturb_each_other()
    {
        var storage = await PreparedAsync();

        await Parallel.ForAsync(0, 100, Cancel, async (number, stop) =>
        {
            var content = BitConverter.GetBytes(number);
            await storage.WriteAsync(StorageArea.Data, BlobId.Of(content), content, stop);
        });

        var listing = await storage.ListAsync(StorageArea.Data, Cancel);
        Assert.Equal(100, listing.Count);
        foreach (var file in listing)
            Assert.Equal(file.Name, BlobId.Of(await storage.ReadAsync(StorageArea.Data, file.Name, 0, 10, Cancel)));
    }

    private static BlobId NameIn(StorageArea area, byte[] content) => area == StorageArea.Config ? default : BlobId.Of(content);

    private async Task<Storage> PreparedAsync()
    {
        var storage = NewStorage();
        await storage.PrepareAsync(Cancel);
        return storage;
    }
}
