using System.Collections.Concurrent;
using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>
/// Captures many hosts as a backup does, only that nothing is kept: the captures live in memory beside the vault's snapshots,
/// so that both can be compared in the same way. Also with a vault that may only be read.
/// </summary>
/// <param name="indexOf">What is read of a host.</param>
public sealed class LookAtFleet(BlobVault vault, Func<Host, CatalogueIndex> indexOf, TimeProvider clock) : IAsyncDisposable
{
    private readonly BlobVault scratch = vault.InMemory();
    private readonly ConcurrentDictionary<CatalogueIndex, HostCapture> captures = [];
    private TreeCache? trees;

    /// <summary>The same of every host.</summary>
    public LookAtFleet(BlobVault vault, CatalogueIndex index, TimeProvider clock) : this(vault, _ => index, clock)
    {
    }

    /// <summary>The listings of the vault and of what was seen: servers that are alike, and their baselines, share most of them.</summary>
    public TreeCache Trees => trees ??= new TreeCache(scratch);

    /// <summary>In the order of <paramref name="hosts"/>.</summary>
    public async Task<IReadOnlyList<SeenHost>> RunAsync(
        IReadOnlyList<Host> hosts, BackUpOptions options, Action<BackupEvent> report, CancellationToken cancel)
    {
        var newest = NewestAsync(cancel);
        var seen = new SeenHost[hosts.Count];
        using var cores = new SemaphoreSlim(Environment.ProcessorCount * 2);
        try
        {
            await Parallel.ForEachAsync(hosts.Index(), new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancel },
                async (turn, stop) =>
                {
                    var host = turn.Item;
                    var capture = captures.GetOrAdd(indexOf(host), index => new HostCapture(scratch, index, clock));
                    var captured = host.IsLocal
                        ? await cores.HoldingAsync(() => capture.OfAsync(host, newest, options, report, stop), stop)
                        : await capture.OfAsync(host, newest, options, report, stop);
                    // A vault that cannot be read says so better than what else fails for the same reason.
                    await newest;
                    report(captured.Failure is { } failure
                        ? new BackupEvent.Ended(host.Name, new HostOutcome.Failed(host.Name, failure))
                        : new BackupEvent.Captured(host.Name));
                    seen[turn.Index] = Seen(host, captured);
                });
        }
        finally
        {
            // What was interrupted still works on the vault.
            await ((Task)newest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await newest;
        await scratch.FlushAsync(cancel);
        return seen;
    }

    public ValueTask DisposeAsync() => scratch.DisposeAsync();

    private async Task<Dictionary<string, StoredSnapshot>> NewestAsync(CancellationToken cancel)
    {
        var newest = await NewestCaptures.OfAsync(vault, cancel);
        await scratch.PrepareToWriteAsync(cancel);
        return newest;
    }

    private SeenHost Seen(Host host, CapturedHost captured) => new(host.Name)
    {
        Server = captured.Archived switch
        {
            ArchivedHost.Unchanged unchanged => new StoredServer(Trees, unchanged.Parent),
            ArchivedHost.Changed changed => new StoredServer(Trees, Now(host.Name, changed)),
            _ => null,
        },
        Failure = captured.Failure,
        Problems = captured.Archived?.Problems ?? [],
        ClockOffset = captured.ClockOffset,
        Elapsed = captured.Elapsed,
    };

    private StoredSnapshot Now(string host, ArchivedHost.Changed changed) => new(default, new SnapshotRecord
    {
        Time = clock.GetUtcNow(),
        Tree = changed.Tree,
        Parent = changed.Parent,
        Hostname = host,
    });
}
