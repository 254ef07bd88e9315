using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>The newest captured snapshot of every host.</summary>
internal static class NewestCaptures
{
    public static async Task<Dictionary<string, StoredSnapshot>> OfAsync(BlobVault vault, CancellationToken cancel)
    {
        var newest = new Dictionary<string, StoredSnapshot>(StringComparer.Ordinal);
        // An imported archive holds less than a capture, and may claim any date; what was there before a restore is what nobody wants back.
        await foreach (var snapshot in vault.SnapshotsAsync(cancel).Where(snapshot => !snapshot.Record.Tags.Any(IsAside)))
            if (!newest.TryGetValue(snapshot.Record.Hostname, out var other) || other.Record.Time < snapshot.Record.Time)
                newest[snapshot.Record.Hostname] = snapshot;
        return newest;
    }

    private static bool IsAside(string tag) => tag is ImportArchive.Tag or SnapshotFinder.SafetyTag;
}
