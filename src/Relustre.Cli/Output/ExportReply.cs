namespace Relustre.Cli.Output;

/// <summary>What <c>export</c> answers.</summary>
internal sealed record ExportReply(SnapshotReply Snapshot, string File, long Bytes);
