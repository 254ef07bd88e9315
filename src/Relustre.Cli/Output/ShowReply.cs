using System.Text.Json;
using Relustre.Snapshots;

namespace Relustre.Cli.Output;

/// <summary>What <c>show</c> answers: the snapshot, its manifest, and the facts as docs/manifest.md describes them.</summary>
internal sealed record ShowReply(SnapshotReply Snapshot, Manifest Manifest, IReadOnlyList<JsonElement> Facts);
