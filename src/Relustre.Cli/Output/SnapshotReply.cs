using Relustre.Vault;

namespace Relustre.Cli.Output;

/// <summary>A snapshot, for programs.</summary>
internal sealed record SnapshotReply(string Id, string Host, DateTimeOffset Time)
{
    public required string Tree { get; init; }

    public string? Parent { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Program { get; init; }

    /// <summary>When the server was last seen to be as this snapshot has it; null: only at its time.</summary>
    public DateTimeOffset? SeenUnchanged { get; init; }

    public static SnapshotReply Of(StoredSnapshot snapshot) => new(snapshot.Id.ToString(), snapshot.Record.Hostname, snapshot.Record.Time)
    {
        Tree = snapshot.Record.Tree.ToString(),
        Parent = snapshot.Record.Parent?.ToString(),
        Tags = snapshot.Record.Tags,
        Program = snapshot.Record.ProgramVersion is { Length: > 0 } program ? program : null,
    };
}
