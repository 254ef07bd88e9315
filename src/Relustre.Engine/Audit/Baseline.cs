using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>What a server is compared with, and why with that.</summary>
/// <param name="Snapshot">Null: there is none.</param>
public sealed record Baseline(StoredSnapshot? Snapshot, string Reason)
{
    public const string Newest = "the newest snapshot, since none was accepted";

    /// <summary>The accepted snapshot of a host, or else its newest.</summary>
    public static async Task<Baseline> OfAsync(
        string host, StoredSnapshot? newest, Decisions decisions, BlobVault vault, CancellationToken cancel)
    {
        if (decisions.AcceptanceOf(host) is not { Snapshot: { } text } acceptance || !BlobId.TryParse(text, out var id))
            return new(newest, Newest);
        return await vault.GetSnapshotAsync(id, cancel) is { } accepted
            ? new(accepted, $"accepted {acceptance.At.UtcDateTime:yyyy-MM-dd HH:mm}Z by {acceptance.By}")
            : new(newest, $"the newest snapshot, since the accepted one ({id.Short}) is not in the vault any more");
    }
}
