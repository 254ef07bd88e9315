namespace Relustre.Vault;

/// <summary>One moment of one host: which tree it had, when, and who took it.</summary>
public sealed record SnapshotRecord
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>The snapshot before it, of the same host.</summary>
    public BlobId? Parent { get; init; }

    public required BlobId Tree { get; init; }

    /// <summary>Absolute. Constant for a host, since snapshots are grouped by host and paths.</summary>
    public IReadOnlyList<string> Paths { get; init; } = ["/"];

    public string Hostname { get; init; } = "";

    public string Username { get; init; } = "";

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public IReadOnlyList<string> Excludes { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The snapshot that this one is an edited copy of.</summary>
    public BlobId? Original { get; init; }

    public string ProgramVersion { get; init; } = "";
}
