using System.Text;
using CsCheck;
using Relustre.Vault;
using Relustre.Vault.Files;

namespace Relustre.Tests.Vault;

/// <summary>Disks rot and copies stop half way.</summary>
public sealed class DamageTests
{
    private static readonly StorageArea[] Watched = [StorageArea.Config, StorageArea.Keys, StorageArea.Data, StorageArea.Index, StorageArea.Snapshots];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<StorageArea, string> Kinds => [.. from area in Watched from way in (string[])["flip", "truncate", "empty", "delete", "grow", "swap"] select (area, way)];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Damage_of_any_file_is_named_and_the_rest_can_still_be_read(StorageArea area, string way)
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        var target = storage.Files.Keys.Where(key => key.Area == area).MinBy(key => key.Name);
        if (!Damage(storage, target, way))
            return;

        var faults = await TestVault.CheckAsync(vault);

        // A snapshot that was deleted was perhaps forgotten on purpose; a key too.
        if (way == "delete" && area is StorageArea.Snapshots or StorageArea.Keys && way == "delete")
            Assert.Empty(faults);
        else
            Assert.Contains(faults, fault => fault.Severity == FaultSeverity.Damage && Names(fault, storage, target));
        Assert.All(faults, fault => Assert.NotEmpty(fault.NextStep));
        await AssertTheRestIsReadableAsync(vault, faults, damaged: way == "swap" ? 2 : 1);
    }

    [Fact]
    public Task A_flipped_bit_anywhere_in_any_file_is_noticed() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 1_000_000], Gen.Int[0, 7]).SampleAsync(async (file, where, bit) =>
        {
            var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
            await using var _ = vault;
            var keys = storage.Files.Keys.Where(key => Watched.Contains(key.Area)).Order(Comparer<(StorageArea, BlobId)>.Default).ToList();
            var key = keys[file % keys.Count];
            var content = storage.Files[key].ToArray();
            content[where % content.Length] ^= (byte)(1 << bit);
            storage.Files[key] = content;

            var faults = await TestVault.CheckAsync(vault);
            Assert.Contains(faults, fault => fault.Severity == FaultSeverity.Damage);
            await AssertTheRestIsReadableAsync(vault, faults);
        }, iter: 150);

    [Fact]
    public async Task A_damaged_blob_is_never_given_out_as_content()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        foreach (var key in storage.Files.Keys.Where(key => key.Area == StorageArea.Data))
            storage.Files[key] = [.. storage.Files[key].Select(value => (byte)(value ^ 1))];

        var damaged = await Assert.ThrowsAsync<VaultDamagedException>(async () => await vault.GetAsync(BlobKind.Data, BlobId.Of("one"u8), Cancel));

        Assert.StartsWith("data/", damaged.What, StringComparison.Ordinal);
        Assert.Contains("relustre check", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_swap_of_two_packs_is_noticed()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        var packs = storage.Files.Keys.Where(key => key.Area == StorageArea.Data).ToList();
        (storage.Files[packs[0]], storage.Files[packs[1]]) = (storage.Files[packs[1]], storage.Files[packs[0]]);

        Assert.Contains(await TestVault.CheckAsync(vault), fault => fault.Severity == FaultSeverity.Damage);
    }

    [Fact]
    public async Task A_lost_config_of_a_vault_with_snapshots_is_damage_and_not_an_invitation_to_start_anew()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await vault.DisposeAsync();
        storage.Files.TryRemove((StorageArea.Config, default), out _);

        await Assert.ThrowsAsync<VaultDamagedException>(() => TestVault.OpenAsync(storage));
        await Assert.ThrowsAsync<VaultExistsException>(() => TestVault.CreateAsync(storage));
    }

    [Fact]
    public async Task A_vault_without_keys_says_so()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await vault.DisposeAsync();
        foreach (var key in storage.Files.Keys.Where(key => key.Area == StorageArea.Keys))
            storage.Files.TryRemove(key, out _);

        var damaged = await Assert.ThrowsAsync<VaultDamagedException>(() => TestVault.OpenAsync(storage));

        Assert.Contains("no key", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_check_sees_what_restics_does_not()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        var content = await vault.PutContentAsync("text"u8.ToArray(), Cancel);
        var good = Encoding.UTF8.GetString(new Tree([TestVault.File("aa", content, 4), TestVault.File("bb", content, 4)]).Encode());
        foreach (var (from, to) in ((string, string)[])[("\"size\":4", "\"size\":40"), ("\"aa\"", "\"zz\""), ("\"aa\"", "\"bb\""), ("\"aa\"", "\"../x\"")])
        {
            var forged = await vault.PutAsync(BlobKind.Tree, Encoding.UTF8.GetBytes(good.Replace(from, to, StringComparison.Ordinal)), Cancel);
            await vault.FlushAsync(Cancel);
            await vault.PutSnapshotAsync(TestVault.SnapshotOf(forged, to), Cancel);
        }

        var faults = (await TestVault.CheckAsync(vault)).Where(fault => fault.Severity == FaultSeverity.Damage).Select(fault => fault.Message).ToList();

        Assert.Equal(2, faults.Count(message => message.Contains("should have 40 bytes", StringComparison.Ordinal)));
        Assert.Contains(faults, message => message.Contains("'bb' is out of order", StringComparison.Ordinal));
        Assert.Contains(faults, message => message.Contains("'bb' is there twice", StringComparison.Ordinal));
        Assert.Contains(faults, message => message.Contains("'../x' is no file's name", StringComparison.Ordinal));
        Assert.Equal(5, faults.Count);
        Assert.Equal(6, storage.Files.Keys.Count(key => key.Area == StorageArea.Snapshots));
    }

    [Fact]
    public async Task Packs_that_no_index_names_and_packs_named_twice_are_only_noted()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        var files = new VaultFiles(storage, vault.Sealer);
        var index = storage.Files.Keys.First(key => key.Area == StorageArea.Index);
        await files.WriteAsync(StorageArea.Index, await files.ReadAsync(StorageArea.Index, index.Name, Cancel), Cancel);
        await using (var other = await TestVault.OpenAsync(storage))
        {
            storage.BeforeChange = area =>
            {
                if (area == StorageArea.Index)
                    throw new VaultUnreachableException("the machine stopped");
            };
            await Assert.ThrowsAsync<VaultUnreachableException>(() => TestVault.BackUpAsync(other, "mds9", "never finished"));
            storage.BeforeChange = _ => { };
        }

        var faults = await TestVault.CheckAsync(vault);

        Assert.All(faults, fault => Assert.Equal(FaultSeverity.Note, fault.Severity));
        Assert.Contains(faults, fault => fault.Message.Contains("another index file", StringComparison.Ordinal));
        Assert.Equal(2, faults.Count(fault => fault.Message.Contains("no index names it", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_reader_who_stops_early_ends_the_check()
    {
        var (storage, vault) = await TestVault.NewWithTwoHostsAsync();
        await using var _ = vault;
        foreach (var key in storage.Files.Keys.Where(key => key.Area is StorageArea.Data or StorageArea.Index))
            storage.Files[key] = [1];

        await foreach (var fault in vault.CheckAsync(readData: true, null, Cancel))
        {
            Assert.NotEmpty(fault.Message);
            break;
        }
    }

    private static bool Damage(MemoryStorage storage, (StorageArea Area, BlobId Name) target, string way)
    {
        var content = storage.Files[target].ToArray();
        switch (way)
        {
            case "flip": content[content.Length / 2] ^= 0x10; break;
            case "truncate": content = content[..(content.Length / 2)]; break;
            case "empty": content = []; break;
            case "grow": content = [.. content, 0]; break;
            case "delete": return storage.Files.TryRemove(target, out _);
            default:
                var other = storage.Files.Keys.FirstOrDefault(key => key.Area == target.Area && key.Name != target.Name);
                if (other == default)
                    return false;
                (content, storage.Files[other]) = (storage.Files[other], content);
                break;
        }

        storage.Files[target] = content;
        return true;
    }

    // A lost index shows in the snapshots whose blobs it named.
    private static bool Names(VaultFault fault, MemoryStorage storage, (StorageArea Area, BlobId Name) target) =>
        fault.What == Storage.NameOf(target.Area, target.Name)
        || (target.Area == StorageArea.Index && !storage.Files.ContainsKey(target) && fault.What.StartsWith("snapshot ", StringComparison.Ordinal));

    // Every file that the check does not call lost reads as it was.
    private static async Task AssertTheRestIsReadableAsync(BlobVault vault, List<VaultFault> faults, int damaged = 1)
    {
        var readable = 0;
        foreach (var snapshot in await TestVault.SnapshotsAsync(vault))
        {
            try
            {
                string[] expected = snapshot.Record.Hostname == "mds1" ? ["one", "two"] : ["three", "four"];
                Assert.Equal(expected, await TestVault.ReadAsync(vault, snapshot.Record));
                readable++;
            }
            catch (VaultDamagedException)
            {
                Assert.Contains(faults, fault => fault.Severity == FaultSeverity.Damage);
            }
        }

        Assert.InRange(readable, 2 - damaged, 2);
    }
}
