using System.Diagnostics;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>The books of one sweep: gathers captured hosts and makes them durable together.</summary>
internal sealed class Sweep(BlobVault vault, Ledger ledger, BackUpOptions options, TimeProvider clock, Action<BackupEvent> report) : IDisposable
{
    private readonly SemaphoreSlim commit = new(1);
    private readonly Lock books = new();
    private readonly Dictionary<string, HostOutcome> outcomes = new(StringComparer.Ordinal);
    private List<CapturedHost> pending = [];
    private long committed = clock.GetTimestamp();

    public async Task TakeAsync(CapturedHost host, CancellationToken cancel)
    {
        lock (books)
            pending.Add(host);
        report(new BackupEvent.Captured(host.Host));
        if (clock.GetElapsedTime(Volatile.Read(ref committed)) > options.Checkpoint)
            await CommitAsync(cancel);
    }

    /// <summary>Packs, then the index, then snapshots, then what we remember: a crash between any two loses nothing that was promised.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        await commit.WaitAsync(cancel);
        try
        {
            var hosts = TakePending();
            if (hosts.Count == 0)
                return;
            await vault.FlushAsync(cancel);
            var at = clock.GetUtcNow();
            var ended = new List<(CapturedHost Host, HostOutcome Outcome)>();
            foreach (var host in hosts)
                ended.Add((host, await EndAsync(host, at, cancel)));
            var unnoted = Note(ended.Select(end => SightingOf(end.Host, end.Outcome, at)));
            foreach (var (host, outcome) in ended)
                Publish(host, outcome, unnoted);
            Volatile.Write(ref committed, clock.GetTimestamp());
        }
        finally
        {
            commit.Release();
        }
    }

    public IReadOnlyList<HostOutcome> Outcomes(IEnumerable<Hosts.Host> hosts) =>
        [.. hosts.Select(host => outcomes.GetValueOrDefault(host.Name)).OfType<HostOutcome>()];

    public void Dispose() => commit.Dispose();

    private List<CapturedHost> TakePending()
    {
        lock (books)
        {
            var taken = pending;
            pending = [];
            return taken;
        }
    }

    private async Task<HostOutcome> EndAsync(CapturedHost host, DateTimeOffset at, CancellationToken cancel) => host.Archived switch
    {
        null => new HostOutcome.Failed(host.Host, host.Failure ?? ""),
        ArchivedHost.Unchanged unchanged => new HostOutcome.Unchanged(host.Host, unchanged.Parent.Id, unchanged.Parent.Record.Time),
        ArchivedHost.Changed changed => new HostOutcome.BackedUp(host.Host, await SnapshotAsync(host.Host, changed, at, cancel))
        {
            Files = changed.Files,
            FilesRead = changed.FilesRead,
            BytesRead = changed.BytesRead,
        },
        _ => throw new UnreachableException(),
    };

    private async Task<BlobId> SnapshotAsync(string host, ArchivedHost.Changed changed, DateTimeOffset at, CancellationToken cancel) =>
        await vault.PutSnapshotAsync(new SnapshotRecord
        {
            Time = at,
            Parent = changed.Parent,
            Tree = changed.Tree,
            // Constant, since restic groups snapshots by host and paths.
            Paths = ["/"],
            Hostname = host,
            Username = Environment.UserName,
            Tags = options.Tags,
            ProgramVersion = ProgramVersion.Text,
        }, cancel);

    // The snapshots are safe by now, and a missing line is no reason to leave the other servers without a backup.
    private ManifestProblem? Note(IEnumerable<Sighting> sightings)
    {
        try
        {
            ledger.Note(sightings);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new("ledger", $"what was read is safe in the vault, but that the server was seen could not be written down in {ledger.Folder}: "
                + $"{failure.Message}. Free some space, or correct the folder's mode, and run the backup again");
        }
    }

    private void Publish(CapturedHost host, HostOutcome outcome, ManifestProblem? unnoted)
    {
        var problems = host.Archived?.Problems ?? [];
        var whole = outcome with { Problems = unnoted is null ? problems : [.. problems, unnoted], Bytes = host.Bytes, Elapsed = host.Elapsed };
        if (host.Archived?.Memory is { } memory && SnapshotOf(outcome) is { } snapshot)
            (memory with { Snapshot = snapshot.ToString() }).Keep(options.MemoryFolder, host.Host);
        lock (books)
            outcomes[host.Host] = whole;
        report(new BackupEvent.Ended(host.Host, whole));
    }

    private static BlobId? SnapshotOf(HostOutcome outcome) => outcome switch
    {
        HostOutcome.BackedUp stored => stored.Snapshot,
        HostOutcome.Unchanged unchanged => unchanged.Snapshot,
        _ => null,
    };

    private static Sighting SightingOf(CapturedHost host, HostOutcome outcome, DateTimeOffset at) => new()
    {
        At = at,
        Host = host.Host,
        Result = outcome switch
        {
            HostOutcome.BackedUp => SightingResult.Stored,
            HostOutcome.Unchanged => SightingResult.Unchanged,
            _ => SightingResult.Failed,
        },
        Snapshot = SnapshotOf(outcome)?.ToString(),
        ClockOffset = host.ClockOffset is { } offset ? Math.Round(offset, 3) : null,
        Problems = host.Archived?.Problems.Count ?? 0,
        Message = (outcome as HostOutcome.Failed)?.Message,
    };
}
