using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>All snapshots of one server, for commands that are about its past: it need not be in the site any more.</summary>
internal static class HostSnapshots
{
    /// <summary>Oldest first, at least one; the vault's index is read.</summary>
    public static async Task<IReadOnlyList<StoredSnapshot>> OfAsync(BlobVault vault, string host, CancellationToken cancel)
    {
        var all = await vault.SnapshotsAsync(cancel).ToListAsync(cancel);
        List<StoredSnapshot> found = [.. all.Where(snapshot => snapshot.Record.Hostname == host)];
        if (found.Count == 0)
            throw new SnapshotNotFoundException($"the vault has no snapshot of '{host}'"
                + (Spelling.DidYouMean(host, all.Select(snapshot => snapshot.Record.Hostname).Distinct()) is { Length: > 0 } meant ? meant : $": relustre backup {host}"));
        await vault.LoadIndexAsync(cancel);
        return found;
    }
}
