using System.Collections.Concurrent;
using Relustre.Vault.Files;

namespace Relustre.Vault.Locks;

/// <summary>Takes locks by restic's rules, so that it and we never work against each other.</summary>
internal sealed class LockKeeper(VaultFiles files, VaultOptions options)
{
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(30);

    // Two who start at the same moment see each other's lock only after a while.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(200);

    // A process id says nothing about a restart that got the same one, as in a container: these are truly ours.
    private static readonly ConcurrentDictionary<BlobId, bool> Held = [];

    // restic asks whether a lock's process lives by sending it SIGHUP when the host is its own: ours must never match.
    private string Holder => $"relustre:{options.Instance}";

    public async Task<VaultLock> AcquireAsync(bool exclusive, CancellationToken cancel)
    {
        await ClearAsync(exclusive, except: null, cancel);
        var id = await WriteAsync(exclusive, cancel);
        try
        {
            await Task.Delay(SettlingTime, options.Time, cancel);
            await ClearAsync(exclusive, id, cancel);
        }
        catch
        {
            await RemoveAsync(id);
            throw;
        }

        return new VaultLock(this, id, exclusive, options.Time);
    }

    public async Task<BlobId> WriteAsync(bool exclusive, CancellationToken cancel)
    {
        var id = await files.WriteAsync(StorageArea.Locks, new LockRecord
        {
            Time = options.Time.GetUtcNow(),
            Exclusive = exclusive,
            HostName = Holder,
            UserName = Environment.UserName,
            Process = Environment.ProcessId,
            UserId = Posix.UserId(),
            GroupId = Posix.GroupId(),
        }.Encode(), cancel);
        Held[id] = true;
        return id;
    }

    /// <summary>False when somebody else removed the lock before us. Never fails: a lock left behind is only a nuisance.</summary>
    public async Task<bool> RemoveAsync(BlobId id)
    {
        try
        {
            return await files.Storage.DeleteAsync(StorageArea.Locks, id, CancellationToken.None);
        }
        catch (VaultException)
        {
            return true;
        }
        finally
        {
            Held.TryRemove(id, out _);
        }
    }

    // Removes what a crash of ours left behind and refuses when somebody else is in the way.
    private async Task ClearAsync(bool exclusive, BlobId? except, CancellationToken cancel)
    {
        foreach (var file in await files.Storage.ListAsync(StorageArea.Locks, cancel))
        {
            // An empty file is a lock that somebody's full disk kept from being written.
            if (file.Size == 0 || file.Name == except || await ReadAsync(file.Name, cancel) is not { } other)
                continue;
            if (IsLeftOver(file.Name, other))
                await RemoveAsync(file.Name);
            else if (exclusive || other.Exclusive)
                throw new VaultLockedException(Refusal(other));
        }
    }

    private bool IsLeftOver(BlobId id, LockRecord other) => other.HostName == Holder && !Held.ContainsKey(id)
        && (other.Process == Environment.ProcessId || !Posix.IsAlive(other.Process) || Age(other) > StaleAfter);

    private TimeSpan Age(LockRecord other) => options.Time.GetUtcNow() - other.Time;

    private async Task<LockRecord?> ReadAsync(BlobId id, CancellationToken cancel)
    {
        try
        {
            return await files.ReadAsync(StorageArea.Locks, id, cancel) is { } json
                ? LockRecord.Decode(json, Storage.NameOf(StorageArea.Locks, id))
                : null;
        }
        catch (VaultDamagedException damaged)
        {
            throw new VaultLockedException(
                $"the vault at {files.Storage.Location} may be locked: {damaged.What} cannot be read ({damaged.Problem}). When nothing works on the vault, run 'restic unlock --remove-all'", damaged);
        }
    }

    private string Refusal(LockRecord other)
    {
        var age = Age(other);
        var next = age > StaleAfter
            ? "It is older than 30 minutes, so its holder has died: run 'restic unlock'"
            : "Wait for it to finish; if it has died, run 'restic unlock' 30 minutes after its last sign of life";
        return $"the vault at {files.Storage.Location} is locked {(other.Exclusive ? "exclusively" : "for reading and writing")} by {other.UserName}@{other.HostName}, "
            + $"process {other.Process}, since {other.Time:yyyy-MM-dd HH:mm:ss}Z. {next}";
    }
}
