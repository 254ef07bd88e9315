using Relustre.Audit;
using Relustre.Hosts;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Finds the states of servers that an administrator names: a snapshot in any of its names, or HOST@now for the server itself.</summary>
public sealed class Moments(BlobVault vault, Site site, TimeProvider clock) : IAsyncDisposable
{
    private const string Now = "@now";

    private readonly List<LookAtFleet> looks = [];
    private IReadOnlyList<StoredSnapshot>? snapshots;

    /// <exception cref="SnapshotNotFoundException">Nothing in the vault answers to it.</exception>
    /// <exception cref="HostException">The server itself is wanted and cannot be seen.</exception>
    public async Task<StoredServer> FindAsync(string wanted, Action<BackupEvent> report, CancellationToken cancel)
    {
        if (wanted.EndsWith(Now, StringComparison.Ordinal))
            return await SeeAsync(wanted[..^Now.Length], report, cancel);
        snapshots ??= await vault.SnapshotsAsync(cancel).ToListAsync(cancel);
        var found = new SnapshotFinder(snapshots).Find(wanted);
        await vault.LoadIndexAsync(cancel);
        return new StoredServer(vault, found);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var look in looks)
            await look.DisposeAsync();
    }

    private async Task<StoredServer> SeeAsync(string name, Action<BackupEvent> report, CancellationToken cancel)
    {
        if (site.Choose([name]) is not [var entry])
            throw new SnapshotNotFoundException($"'{name}' is a pair: name one of its servers, such as {site.Choose([name])[0].Name}{Now}");
        await vault.LoadIndexAsync(cancel);
        var look = new LookAtFleet(vault, new CatalogueIndex(site.CatalogueFor(entry.SshKeys)), clock);
        looks.Add(look);
        var options = new BackUpOptions { MemoryFolder = site.MemoryFolder, Limits = site.Limits };
        var seen = (await look.RunAsync([site.HostOf(entry)], options, report, cancel))[0];
        return seen.Server ?? throw new HostUnreachableException(name, seen.Failure ?? $"{name} could not be seen");
    }
}
