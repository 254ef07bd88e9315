using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relustre.Snapshots;

/// <summary>How manifests are written down.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <exception cref="SnapshotUnreadableException">It is not a manifest, or one of a later program.</exception>
    public static Manifest Read(ReadOnlySpan<byte> json)
    {
        Manifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, Default.Manifest);
        }
        catch (JsonException broken)
        {
            throw new SnapshotUnreadableException($"the manifest is not readable: {broken.Message}");
        }
        return manifest switch
        {
            null => throw new SnapshotUnreadableException("the manifest is empty"),
            { Schema: > Snapshots.Manifest.CurrentSchema } => throw new SnapshotUnreadableException(
                $"the manifest has schema {manifest.Schema} and this program reads up to {Snapshots.Manifest.CurrentSchema}: use a newer relustre"),
            _ => manifest,
        };
    }
}
