using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>What came of a capture: all content is in the vault's hands, and a snapshot may still have to be written.</summary>
internal abstract record ArchivedHost
{
    private ArchivedHost()
    {
    }

    public IReadOnlyList<ManifestProblem> Problems { get; init; } = [];

    /// <summary>What to remember once <see cref="Changed"/> has its snapshot; its <see cref="HostMemory.Snapshot"/> is filled in then.</summary>
    public HostMemory? Memory { get; init; }

    /// <summary>The server is as <paramref name="Parent"/> has it.</summary>
    public sealed record Unchanged(StoredSnapshot Parent) : ArchivedHost;

    /// <summary>A tree that no snapshot of this host has.</summary>
    public sealed record Changed(BlobId Tree, BlobId? Parent) : ArchivedHost
    {
        public required int Files { get; init; }

        public required int FilesRead { get; init; }

        public required long BytesRead { get; init; }
    }
}
