using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>How the backup of one host ended.</summary>
public abstract record HostOutcome(string Host)
{
    /// <summary>What was there and could not be captured.</summary>
    public IReadOnlyList<ManifestProblem> Problems { get; init; } = [];

    /// <summary>Bytes received from the server, and sent to it.</summary>
    public (long In, long Out) Bytes { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether all of the host's configuration is in the vault.</summary>
    public bool IsComplete => this is not Failed && Problems.Count == 0;

    /// <summary>A new snapshot rests in the vault.</summary>
    public sealed record BackedUp(string Host, BlobId Snapshot) : HostOutcome(Host)
    {
        public required int Files { get; init; }

        public required int FilesRead { get; init; }

        public required long BytesRead { get; init; }
    }

    /// <summary>The server is as its newest snapshot has it.</summary>
    public sealed record Unchanged(string Host, BlobId Snapshot, DateTimeOffset Since) : HostOutcome(Host);

    /// <summary>Nothing was stored; <paramref name="Message"/> says why and what to do.</summary>
    public sealed record Failed(string Host, string Message) : HostOutcome(Host);
}
