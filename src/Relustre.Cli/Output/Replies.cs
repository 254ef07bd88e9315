using System.Text.Json.Serialization;

namespace Relustre.Cli.Output;

/// <summary>Everything that <c>--json</c> can answer (docs/json.md).</summary>
[JsonSerializable(typeof(HostReply))]
[JsonSerializable(typeof(List<HostReply>))]
[JsonSerializable(typeof(RemovedReply))]
[JsonSerializable(typeof(SiteReply))]
[JsonSerializable(typeof(BackupReply))]
[JsonSerializable(typeof(SnapshotReply))]
[JsonSerializable(typeof(List<SnapshotReply>))]
[JsonSerializable(typeof(EntryReply))]
[JsonSerializable(typeof(ShowReply))]
[JsonSerializable(typeof(DumpReply))]
[JsonSerializable(typeof(RestoreReply))]
[JsonSerializable(typeof(CheckReply))]
[JsonSerializable(typeof(TextReply))]
[JsonSerializable(typeof(ExportReply))]
[JsonSerializable(typeof(ImportReply))]
[JsonSerializable(typeof(AuditReply))]
[JsonSerializable(typeof(AcceptReply))]
[JsonSerializable(typeof(WaiverReply))]
[JsonSerializable(typeof(List<WaiverReply>))]
[JsonSerializable(typeof(HistoryReply))]
[JsonSerializable(typeof(BlameReply))]
[JsonSerializable(typeof(CoverageReply))]
[JsonSerializable(typeof(PathsReply))]
[JsonSerializable(typeof(PlanReply))]
[JsonSerializable(typeof(LeaseReply))]
[JsonSerializable(typeof(List<LeaseReply>))]
[JsonSerializable(typeof(SavedPlan))]
[JsonSerializable(typeof(RestoredReply))]
[JsonSerializable(typeof(VersionReply))]
internal sealed partial class Replies : JsonSerializerContext
{
    public static Replies Json { get; } = new(JsonText.Options());
}
