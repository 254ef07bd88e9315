using Relustre.Capture;
using Relustre.Hosts;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>
/// Backs up many hosts under one lock, with shared packs and one index. A host's failure is its outcome; the vault's own
/// failure ends the sweep, and what was made durable before stays.
/// </summary>
public sealed class BackUpFleet(BlobVault vault, CatalogueIndex index, Ledger ledger, TimeProvider clock)
{
    private readonly CollectorScript script = CollectorScript.For(index.Catalogue);

    /// <exception cref="VaultException">The vault cannot take it (locked, full, read-only, damaged).</exception>
    public async Task<IReadOnlyList<HostOutcome>> RunAsync(
        IReadOnlyList<Host> hosts, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.MemoryFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var hold = await vault.LockAsync(exclusive: false, cancel);
        var newest = await NewestAsync(cancel);
        // After the snapshots: one that is written in between then has its index read too.
        await vault.LoadIndexAsync(cancel);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancel, hold.LockLost);
        // A tree costs the cores of this machine; reading more of them at once would only take memory.
        using var cores = new SemaphoreSlim(Environment.ProcessorCount * 2);
        using var sweep = new Sweep(vault, ledger, options, clock, report);
        try
        {
            await Parallel.ForEachAsync(hosts, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = lost.Token },
                async (host, stop) =>
                {
                    var request = new ArchiveRequest(host.Name, host.Root is not null, newest.GetValueOrDefault(host.Name));
                    var captured = host.IsLocal
                        ? await cores.HoldingAsync(() => CaptureAsync(host, request, options, report, stop), stop)
                        : await CaptureAsync(host, request, options, report, stop);
                    // What is captured is put away whatever is interrupted, as long as the lock is ours.
                    await sweep.TakeAsync(captured, hold.LockLost);
                });
            await sweep.CommitAsync(hold.LockLost);
        }
        catch (OperationCanceledException) when (hold.LockLost.IsCancellationRequested)
        {
            throw new VaultLockedException("the lock on the vault could not be renewed and others may hold it now: nothing more is written; run the backup again");
        }
        catch (OperationCanceledException)
        {
            // Interrupted by hand: what is captured is not thrown away.
            await sweep.CommitAsync(hold.LockLost);
            throw;
        }
        return sweep.Outcomes(hosts);
    }

    private async Task<Dictionary<string, StoredSnapshot>> NewestAsync(CancellationToken cancel)
    {
        var newest = new Dictionary<string, StoredSnapshot>(StringComparer.Ordinal);
        // An imported archive holds less than a capture, and may claim any date.
        await foreach (var snapshot in vault.SnapshotsAsync(cancel).Where(snapshot => !snapshot.Record.Tags.Contains(ImportArchive.Tag)))
            if (!newest.TryGetValue(snapshot.Record.Hostname, out var other) || other.Record.Time < snapshot.Record.Time)
                newest[snapshot.Record.Hostname] = snapshot;
        return newest;
    }

    private async Task<CapturedHost> CaptureAsync(
        Host host, ArchiveRequest request, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        try
        {
            report(new BackupEvent.Moved(host.Name, new CaptureProgress.Connecting()));
            await using var session = await CaptureSession.OpenAsync(host, script, options.Limits, clock, cancel);
            var offset = ClockOffset(session.Greeting.Clock);
            var archived = await new Archivist(vault, index, options.MemoryFolder)
                .ArchiveAsync(request, session, progress => report(new BackupEvent.Moved(host.Name, progress)), cancel);
            return new CapturedHost(host.Name, archived, null) { Bytes = session.Bytes, ClockOffset = offset, Elapsed = clock.GetElapsedTime(started) };
        }
        catch (VaultDamagedException damaged) when (request.Parent is not null)
        {
            return Troubled(await CaptureAsync(host, request with { Parent = null }, options, report, cancel), damaged);
        }
#pragma warning disable CA1031 // One server, whatever it sends and whatever that does to us, never spoils the others.
        catch (Exception failure) when (failure is not (OperationCanceledException or VaultException))
#pragma warning restore CA1031
        {
            // Ctrl-C on a terminal ends ssh too: that is no failure of the host.
            cancel.ThrowIfCancellationRequested();
            return new CapturedHost(host.Name, null, MessageOf(failure)) { Elapsed = clock.GetElapsedTime(started) };
        }
    }

    // One host's damaged snapshot is no reason to leave all others without a backup. Without a memory it is told each time.
    private static CapturedHost Troubled(CapturedHost whole, VaultDamagedException damaged) => whole.Archived is not { } archived
        ? whole
        : whole with
        {
            Archived = archived with
            {
                Memory = null,
                Problems = [.. archived.Problems, new ManifestProblem("vault", $"the last snapshot cannot be read, so all was read anew: {damaged.Message}")],
            },
        };

    private double ClockOffset(UnixTime theirs) =>
        theirs.Seconds + (theirs.Nanoseconds / 1e9) - (clock.GetUtcNow().ToUnixTimeMilliseconds() / 1e3);

    private static string MessageOf(Exception failure) => failure is HostException
        ? failure.Message
        : $"{failure.Message} ({failure.GetType().Name}). This is a bug: please report it";
}
