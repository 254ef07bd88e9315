namespace Relustre.Cli.Output;

/// <summary>What <c>restore-files</c> answers.</summary>
internal sealed record RestoreReply(SnapshotReply Snapshot, string Target, int Names, long Bytes, IReadOnlyList<ProblemReply> Problems);
