using System.Text.Json.Serialization;

namespace Relustre.Cli.Output;

/// <summary>Everything that <c>--json</c> can answer (docs/json.md).</summary>
[JsonSerializable(typeof(HostReply))]
[JsonSerializable(typeof(List<HostReply>))]
[JsonSerializable(typeof(RemovedReply))]
[JsonSerializable(typeof(SiteReply))]
[JsonSerializable(typeof(VersionReply))]
internal sealed partial class Replies : JsonSerializerContext
{
    public static Replies Json { get; } = new(JsonText.Options());
}
