using System.Collections.Concurrent;
using Relustre.Hosts;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>
/// Backs up many hosts under one lock, with shared packs and one index. A host's failure is its outcome; the vault's own
/// failure ends the sweep, and what was made durable before stays.
/// </summary>
/// <param name="indexOf">What is read of a host.</param>
public sealed class BackUpFleet(BlobVault vault, Func<Host, CatalogueIndex> indexOf, Ledger ledger, TimeProvider clock)
{
    private readonly ConcurrentDictionary<CatalogueIndex, HostCapture> captures = [];

    /// <summary>The same of every host.</summary>
    public BackUpFleet(BlobVault vault, CatalogueIndex index, Ledger ledger, TimeProvider clock) : this(vault, _ => index, ledger, clock)
    {
    }

    /// <exception cref="VaultException">The vault cannot take it (locked, full, read-only, damaged).</exception>
    public async Task<IReadOnlyList<HostOutcome>> RunAsync(
        IReadOnlyList<Host> hosts, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        var outcomes = await SweepAsync(hosts, options, report, cancel);
        await vault.ForgetReplacedPacksAsync(cancel);
        return outcomes;
    }

    private async Task<IReadOnlyList<HostOutcome>> SweepAsync(
        IReadOnlyList<Host> hosts, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // The lock settles while the first servers are met: nothing is read of them before, and nothing written.
        var locking = vault.LockAsync(exclusive: false, cancel);
        var newest = ReadyAsync(locking, lost, options, cancel);
        // A tree costs the cores of this machine; reading more of them at once would only take memory.
        using var cores = new SemaphoreSlim(Environment.ProcessorCount * 2);
        using var sweep = new Sweep(vault, ledger, options, clock, report);
        try
        {
            await Parallel.ForEachAsync(hosts, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = lost.Token },
                async (host, stop) =>
                {
                    var capture = captures.GetOrAdd(indexOf(host), index => new HostCapture(vault, index, clock));
                    var captured = host.IsLocal
                        ? await cores.HoldingAsync(() => capture.OfAsync(host, newest, options, report, stop), stop)
                        : await capture.OfAsync(host, newest, options, report, stop);
                    // A vault that takes nothing says so better than what else fails for the same reason.
                    await newest;
                    // What is captured is put away whatever is interrupted, as long as the lock is ours.
                    await sweep.TakeAsync(captured, (await locking).LockLost);
                });
            await newest;
            await sweep.CommitAsync((await locking).LockLost);
        }
        catch (OperationCanceledException)
        {
            if (newest.IsFaulted)
                await newest;
            if (locking.IsCompletedSuccessfully && (await locking).LockLost.IsCancellationRequested)
                throw new VaultLockedException("the lock on the vault could not be renewed and others may hold it now: nothing more is written; run the backup again");
            // Interrupted by hand: what is captured is not thrown away.
            if (newest.IsCompletedSuccessfully)
                await sweep.CommitAsync((await locking).LockLost);
            throw;
        }
        finally
        {
            await ReleaseAsync(locking, newest);
        }
        return sweep.Outcomes(hosts);
    }

    private async Task<Dictionary<string, StoredSnapshot>> ReadyAsync(
        Task<VaultLock> locking, CancellationTokenSource lost, BackUpOptions options, CancellationToken cancel)
    {
        try
        {
            (await locking).LockLost.Register(lost.Cancel);
            HostMemory.Prepare(options.MemoryFolder, clock.GetUtcNow());
            var newest = await NewestCaptures.OfAsync(vault, cancel);
            // After the snapshots: one that is written in between then has its index read too.
            await vault.PrepareToWriteAsync(cancel);
            return newest;
        }
        catch
        {
            // Nobody waits for servers that hang.
            await lost.CancelAsync();
            throw;
        }
    }

    private static async Task ReleaseAsync(Task<VaultLock> locking, Task newest)
    {
        // What failed of it has been said; what was interrupted still works on the vault.
        await newest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (locking.IsCompletedSuccessfully)
            await (await locking).DisposeAsync();
    }
}
