using Relustre.Capture;
using Relustre.Hosts;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Brings one host into the vault's hands, whatever the host does: its failure is an answer.</summary>
internal sealed class HostCapture(BlobVault vault, CatalogueIndex index, TimeProvider clock)
{
    private readonly CollectorScript script = CollectorScript.For(index.Catalogue);

    /// <param name="host">The host.</param>
    /// <param name="newest">What the vault has of each host, once it is ready to take more: the host is met in the meantime.</param>
    /// <param name="options">How.</param>
    /// <param name="report">Progress.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CapturedHost> OfAsync(
        Host host, Task<Dictionary<string, StoredSnapshot>> newest, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        StoredSnapshot? parent = null;
        try
        {
            report(new BackupEvent.Moved(host.Name, new CaptureProgress.Connecting()));
            await using var session = await CaptureSession.OpenAsync(host, script, options.Limits, clock, cancel);
            var offset = ClockOffset(session.Greeting.Clock);
            parent = (await newest.WaitAsync(cancel)).GetValueOrDefault(host.Name);
            var archived = await new Archivist(vault, index, options.MemoryFolder)
                .ArchiveAsync(new ArchiveRequest(host.Name, host.Root is not null, parent), session, progress => report(new BackupEvent.Moved(host.Name, progress)), cancel);
            return new CapturedHost(host.Name, archived, null) { Bytes = session.Bytes, ClockOffset = offset, Elapsed = clock.GetElapsedTime(started) };
        }
        catch (VaultDamagedException damaged) when (parent is not null)
        {
            vault.DisownDamaged();
            return Troubled(await OfAsync(host, Task.FromResult<Dictionary<string, StoredSnapshot>>([]), options, report, cancel), damaged);
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

    // One host's damaged snapshot is no reason to leave all others without a backup. What the vault could not read it does not
    // believe to have, so all of it is stored anew.
    private static CapturedHost Troubled(CapturedHost whole, VaultDamagedException damaged) => whole.Archived is not { } archived
        ? whole
        : whole with
        {
            Archived = archived with
            {
                Problems = [.. archived.Problems, new ManifestProblem("vault", $"the last snapshot could not be read, so all was taken from the server anew: {damaged.Message}")],
            },
        };

    private double ClockOffset(UnixTime theirs) =>
        theirs.Seconds + (theirs.Nanoseconds / 1e9) - (clock.GetUtcNow().ToUnixTimeMilliseconds() / 1e3);

    private static string MessageOf(Exception failure) => failure is HostException
        ? failure.Message
        : $"{failure.Message} ({failure.GetType().Name}). This is a bug: please report it";
}
