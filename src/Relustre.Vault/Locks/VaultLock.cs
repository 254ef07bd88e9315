using System.Runtime.InteropServices;
using Relustre.Vault.Locks;

namespace Relustre.Vault;

/// <summary>
/// The right to work on a vault, until disposed. It keeps itself alive; when that fails for too long, others may
/// take it for dead, and <see cref="LockLost"/> tells to stop.
/// </summary>
public sealed class VaultLock : IAsyncDisposable
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(22.5);

    private readonly LockKeeper keeper;
    private readonly TimeProvider time;
    private readonly PosixSignalRegistration hangUp;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource lost = new();
    private readonly PeriodicTimer timer;
    private readonly Task refreshing;
    private BlobId id;
    private DateTimeOffset refreshed;
    private bool disposed;

    internal VaultLock(LockKeeper keeper, BlobId id, bool exclusive, TimeProvider time)
    {
        this.keeper = keeper;
        this.id = id;
        this.time = time;
        Exclusive = exclusive;
        refreshed = time.GetUtcNow();
        LockLost = lost.Token;

        // restic sends SIGHUP to the holder of a lock to see whether it lives, which would end a .NET process.
        hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        timer = new PeriodicTimer(RefreshEvery, time);
        refreshing = RefreshAsync();
    }

    public bool Exclusive { get; }

    /// <summary>Cancelled when the lock can no longer be trusted: whoever works under it must stop before writing more.</summary>
    public CancellationToken LockLost { get; }

    /// <summary>The lock file's present id.</summary>
    internal BlobId Id => id;

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await stop.CancelAsync();
        timer.Dispose();
        await refreshing;
        await keeper.RemoveAsync(id);
        hangUp.Dispose();
        stop.Dispose();
        lost.Dispose();
    }

    private async Task RefreshAsync()
    {
        try
        {
            while (!lost.IsCancellationRequested && await timer.WaitForNextTickAsync(stop.Token))
                await RefreshOnceAsync();
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        finally
        {
            // However the renewing ended, nobody may rely on the lock from here on.
            await lost.CancelAsync();
        }
    }

    private async Task RefreshOnceAsync()
    {
        // After a suspended night the lock has been stale for hours and may be gone: too late to renew it.
        if (time.GetUtcNow() - refreshed > GiveUpAfter)
        {
            await lost.CancelAsync();
            return;
        }

        try
        {
            var now = time.GetUtcNow();
            var next = await keeper.WriteAsync(Exclusive, stop.Token);
            var old = id;
            (id, refreshed) = (next, now);

            // Somebody removed it by force, and may have pruned what we count on.
            if (!await keeper.RemoveAsync(old))
                await lost.CancelAsync();
        }
        catch (VaultException)
        {
            // The next tick tries again, until the time is up.
        }
    }
}
