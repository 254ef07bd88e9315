using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Relustre.Vault.Json;
using Relustre.Vault.Sealing;

namespace Relustre.Vault.Keys;

/// <summary>The key files of a vault: each opens the same keys with another password.</summary>
internal sealed class KeyRing(Storage storage)
{
    private const int MaxTried = 20;
    private const int MaxFileSize = 64 << 10;

    public static SealKeys NewMaster() => SealKeys.From(RandomNumberGenerator.GetBytes(SealKeys.Size));

    public async Task<BlobId> AddAsync(SealKeys master, string password, VaultOptions options, CancellationToken cancel)
    {
        var content = KeyFile.Create(master, password.Trim(), options).Encode();
        var id = BlobId.Of(content);
        await storage.WriteAsync(StorageArea.Keys, id, content, cancel);
        return id;
    }

    /// <summary>Opens the vault's keys with the first key file that the password fits.</summary>
    public async Task<SealKeys> OpenAsync(string password, CancellationToken cancel)
    {
        VaultDamagedException? damage = null;
        var tried = 0;
        var refused = 0;
        foreach (var file in await ListAsync(cancel))
        {
            try
            {
                // Each guess costs a tenth of a second or more: a folder full of keys must not cost an hour.
                if (tried++ == MaxTried)
                    break;
                var key = await ReadAsync(file.Name, cancel);
                if (key.Open(password.Trim(), Storage.NameOf(StorageArea.Keys, file.Name)) is { } master)
                    return master;
                refused++;
            }
            catch (VaultDamagedException damaged)
            {
                damage = damaged;
            }
        }

        throw refused == 0 && damage is not null ? damage : Refusal(tried, damage);
    }

    public async Task<IReadOnlyList<StoredFile>> ListAsync(CancellationToken cancel) =>
        [.. (await storage.ListAsync(StorageArea.Keys, cancel)).OrderBy(file => file.Name)];

    /// <summary>All that can be read; the others are told.</summary>
    public async IAsyncEnumerable<VaultKey> AllAsync(FaultReport faults, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in await ListAsync(cancel))
        {
            if (await TryReadAsync(file.Name, faults, cancel) is { } key)
                yield return new VaultKey(file.Name, key.UserName, key.HostName, GoTime.ToDateTime(key.Created));
        }
    }

    public async Task<KeyFile> ReadAsync(BlobId id, CancellationToken cancel)
    {
        var what = Storage.NameOf(StorageArea.Keys, id);
        var content = await storage.ReadAsync(StorageArea.Keys, id, 0, MaxFileSize, cancel)
            ?? throw new VaultDamagedException(what, "it is gone");
        return BlobId.Of(content) == id
            ? KeyFile.Decode(content, what)
            : throw new VaultDamagedException(what, "its content does not match its name");
    }

    private async Task<KeyFile?> TryReadAsync(BlobId id, FaultReport faults, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(id, cancel);
        }
        catch (VaultDamagedException damaged)
        {
            faults.Add(VaultFault.From(damaged, "its password opens nothing any more: add a new key with another one"));
            return null;
        }
    }

    private VaultException Refusal(int tried, VaultDamagedException? damage) => tried == 0
        ? new VaultDamagedException($"{storage.Location}/keys", "there is no key: without one nobody can open this vault; bring the file back from a copy of the vault")
        : new WrongPasswordException($"no key of the vault at {storage.Location} opens with this password{Notes(tried, damage)}: look at the password file or command");

    private static string Notes(int tried, VaultDamagedException? damage) =>
        (tried > MaxTried ? $" (only the first {MaxTried} were tried)" : "")
        + (damage is null ? "" : $" ({damage.What} is damaged: {damage.Problem})");
}
