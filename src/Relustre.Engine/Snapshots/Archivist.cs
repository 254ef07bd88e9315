using Relustre.Capture;
using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>Brings one server's capture into the vault, reading from the server only what the last snapshot does not have.</summary>
internal sealed class Archivist(BlobVault vault, CatalogueIndex index, string memoryFolder)
{
    private static readonly ManifestProblem StoredAnew = new(
        "vault", "part of what the last snapshot holds is lost in the vault; what the server still has of it was taken anew");

    /// <summary>The snapshot itself is written by the caller, when the content of the whole sweep is on disk.</summary>
    public async Task<ArchivedHost> ArchiveAsync(
        ArchiveRequest request, CaptureSession session, Action<CaptureProgress> report, CancellationToken cancel)
    {
        report(new CaptureProgress.Listing());
        var memory = request.Parent is { } parent ? HostMemory.Recall(memoryFolder, request.Host, parent.Id, index.Digest) : null;
        var isWhole = request.Parent is null || await vault.HoldsAsync(request.Parent.Record.Tree, cancel);
        var standing = isWhole && memory?.ReaderUserId == session.Greeting.UserId ? memory.Standing : new Dictionary<string, StandingAnswer>();
        var listing = await session.ListAsync(standing.ToDictionary(answer => answer.Key, answer => answer.Value.Seen), cancel);
        IReadOnlyList<ComponentOutput>? tools = null;
        if (memory?.Listing is { } known && known == listing.Digest && isWhole)
        {
            report(new CaptureProgress.Tools());
            tools = await session.ToolsAsync(cancel);
            if (ToolsDigest.Of(tools, standing) == memory.Tools)
                return new ArchivedHost.Unchanged(request.Parent!)
                {
                    Problems = CaptureTroubles.Of(session, tools),
                    Memory = tools.Any(IsNews) ? memory with { Standing = ToolsDigest.Standing(tools, standing) } : null,
                };
        }
        var assembly = new SnapshotAssembly(vault, index, request);
        await assembly.RecallAsync(listing, memory, cancel);
        await assembly.ReadAsync(session, report, cancel);
        report(new CaptureProgress.Tools());
        tools = await assembly.RecallToolsAsync(tools ?? await session.ToolsAsync(cancel), standing, cancel);
        report(new CaptureProgress.Storing());
        var archived = await assembly.FinishAsync(session, listing, tools, cancel);
        return isWhole ? archived : archived with { Problems = [.. archived.Problems, StoredAnew] };

        // Its files have changed, and it says what it said: next time it need not be asked.
        static bool IsNews(ComponentOutput output) => output is { Seen: not null, Stands: false };
    }
}
