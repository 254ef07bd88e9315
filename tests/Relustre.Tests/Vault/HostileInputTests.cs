using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Relustre.Vault;
using Relustre.Vault.Files;
using Relustre.Vault.Keys;
using Relustre.Vault.Packs;
using ZstdSharp;

namespace Relustre.Tests.Vault;

/// <summary>A stranger with the key, or with the disk, may have written anything.</summary>
public sealed class HostileInputTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{\"created\":\"2026-01-01T00:00:00Z\",\"kdf\":\"scrypt\",\"N\":1073741824,\"r\":8,\"p\":1,\"salt\":\"SALT\",\"data\":\"SALT\"}")]
    [InlineData("{\"created\":\"2026-01-01T00:00:00Z\",\"kdf\":\"scrypt\",\"N\":16777216,\"r\":1,\"p\":1024,\"salt\":\"SALT\",\"data\":\"SALT\"}")]
    [InlineData("{\"created\":\"2026-01-01T00:00:00Z\",\"kdf\":\"scrypt\",\"N\":3,\"r\":8,\"p\":1,\"salt\":\"SALT\",\"data\":\"SALT\"}")]
    [InlineData("{\"created\":\"2026-01-01T00:00:00Z\",\"kdf\":\"scrypt\",\"N\":0,\"r\":0,\"p\":0,\"salt\":\"SALT\",\"data\":\"SALT\"}")]
    [InlineData("{\"created\":\"2026-01-01T00:00:00Z\",\"kdf\":\"scrypt\",\"N\":2,\"r\":8,\"p\":1,\"salt\":\"AAAA\",\"data\":\"SALT\"}")]
    [InlineData("{\"created\":\"2026-01-01T00:00:00Z\",\"kdf\":\"md5\",\"N\":2,\"r\":8,\"p\":1,\"salt\":\"SALT\",\"data\":\"SALT\"}")]
    [InlineData("{}")]
    [InlineData("not json")]
    public async Task A_key_file_made_to_stop_us_neither_takes_memory_nor_time_nor_the_other_keys(string text)
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await vault.DisposeAsync();
        var forged = Encoding.UTF8.GetBytes(text.Replace("SALT", Convert.ToBase64String(new byte[64]), StringComparison.Ordinal));
        Assert.Throws<VaultDamagedException>(() => KeyFile.Decode(forged, "keys/forged"));
        storage.Files[(StorageArea.Keys, BlobId.Of(forged))] = forged;

        await (await TestVault.OpenAsync(storage)).DisposeAsync();

        var wrong = await Assert.ThrowsAsync<WrongPasswordException>(() => BlobVault.OpenAsync(storage, "guess", TestVault.Options, Cancel));
        Assert.Contains("damaged", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"version\":3,\"id\":\"ID\",\"chunker_polynomial\":\"3\"}", "version 3")]
    [InlineData("{\"version\":1,\"id\":\"ID\",\"chunker_polynomial\":\"3\"}", "upgrade_repo_v2")]
    public async Task A_vault_of_another_version_is_told_as_such(string config, string expected)
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        storage.Files[(StorageArea.Config, default)] = vault.Sealer.Seal(Encoding.UTF8.GetBytes(config.Replace("ID", new string('a', 64), StringComparison.Ordinal)));

        var refused = await Assert.ThrowsAsync<VaultFormatException>(() => TestVault.OpenAsync(storage));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_would_swell_beyond_all_memory_is_refused()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        using var compressor = new Compressor(3);
        var bomb = compressor.Wrap(new byte[100 << 20]).ToArray();
        var forged = vault.Sealer.Seal([2, .. bomb]);
        storage.Files[(StorageArea.Snapshots, BlobId.Of(forged))] = forged;
        var faults = new List<VaultFault>();
        vault.Faults = faults.Add;

        Assert.Equal(2, (await TestVault.SnapshotsAsync(vault)).Count);

        Assert.Equal($"snapshots/{BlobId.Of(forged)}", Assert.Single(faults).What);
    }

    [Theory]
    [InlineData(4_000_000_000u)]
    [InlineData(200_000_000u)]
    [InlineData(1u)]
    public async Task A_blob_that_lies_about_its_length_is_refused(uint claimed)
    {
        var (_, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _2 = vault;
        var codec = new BlobCodec(vault.Sealer);
        var blob = codec.Seal(BlobKind.Tree, BlobId.Of("truth"u8), "truth"u8);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<VaultDamagedException>(() => codec.Open(blob.Id, blob.Bytes, claimed, "pack"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    [Theory]
    [InlineData("{\"packs\":[{\"id\":\"PACK\",\"blobs\":[{\"id\":\"BLOB\",\"type\":\"data\",\"offset\":4294967295,\"length\":4294967295}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"PACK\",\"blobs\":[{\"id\":\"BLOB\",\"type\":\"data\",\"offset\":0,\"length\":40,\"uncompressed_length\":4294967295},{\"id\":\"BLOB\",\"type\":\"data\",\"offset\":0,\"length\":40}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"PACK\",\"blobs\":[{\"id\":\"BLOB\",\"type\":\"data\",\"offset\":99999999999,\"length\":40}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"PACK\",\"blobs\":[{\"id\":\"BLOB\",\"type\":\"what\",\"offset\":0,\"length\":40}]}]}")]
    [InlineData("{\"packs\":[{\"id\":\"PACK\",\"blobs\":[{\"id\":\"BLOB\",\"type\":\"data\",\"offset\":0,\"length\":3}]}]}")]
    [InlineData("{\"packs\":[{\"blobs\":[]}]}")]
    [InlineData("{\"packs\":[[[[")]
    [InlineData("{")]
    public async Task An_index_that_no_vault_could_have_is_damage_and_the_rest_is_readable(string text)
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        var json = Encoding.UTF8.GetBytes(text.Replace("PACK", new string('a', 64), StringComparison.Ordinal).Replace("BLOB", new string('b', 64), StringComparison.Ordinal));
        await new VaultFiles(storage, vault.Sealer).WriteAsync(StorageArea.Index, json, Cancel);

        var faults = await TestVault.CheckAsync(vault);
        await using var again = await TestVault.OpenAsync(storage);

        Assert.Contains(faults, fault => fault.Severity == FaultSeverity.Damage);
        foreach (var snapshot in await TestVault.SnapshotsAsync(again))
            Assert.Equal(2, (await TestVault.ReadAsync(again, snapshot.Record)).Length);
        await Assert.ThrowsAsync<VaultDamagedException>(async () => await again.GetAsync(BlobKind.Data, BlobId.Parse(new string('b', 64)), Cancel));
    }

    [Fact]
    public void No_bytes_make_the_header_decoder_fail_in_another_way() =>
        Gen.Select(Gen.Byte[0, 5].Array[0, 200], Gen.Long[0, 100_000]).Sample((header, size) =>
        {
            try
            {
                PackHeader.Decode(header, size, "pack");
            }
            catch (VaultDamagedException)
            {
                // What is expected of noise.
            }
        });

    [Fact]
    public void A_header_comes_back_as_it_was()
    {
        var blob = Gen.Select(Gen.Enum<BlobKind>(), Gen.Byte.Array[32], Gen.UInt[32, 1000], Gen.UInt[0, 5]);
        blob.Array[0, 20].Sample(drafts =>
        {
            var blobs = new List<PackedBlob>();
            uint offset = 0;
            foreach (var (kind, id, length, plain) in drafts)
            {
                blobs.Add(new PackedBlob(kind, new BlobId(id), offset, length, plain));
                offset += length;
            }

            return PackHeader.Decode(PackHeader.Encode(blobs), PackHeader.PackSize(blobs), "pack").SequenceEqual(blobs);
        });
    }

    [Fact]
    public void A_header_length_that_cannot_be_is_refused()
    {
        var last = new byte[4];
        foreach (var length in (uint[])[0, 32, 97, uint.MaxValue, 0x7fffffff])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(last, length);
            Assert.Equal(0, PackHeader.StoredLength(last, 100));
        }

        Assert.Equal(0, PackHeader.StoredLength([1, 2], 2));
    }
}
