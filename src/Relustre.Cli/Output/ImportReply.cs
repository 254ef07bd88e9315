namespace Relustre.Cli.Output;

/// <summary>What <c>import</c> answers.</summary>
internal sealed record ImportReply(SnapshotReply Snapshot, int Files, bool IsNew, IReadOnlyList<string> LeftOut);
