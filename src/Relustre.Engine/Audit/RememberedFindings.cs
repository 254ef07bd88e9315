using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relustre.Audit;

/// <summary>
/// What the last audit of each server found, in the site's memory: so that a finding can be accepted or waived by its id
/// without asking all servers again. It may be deleted; no secret is in it.
/// </summary>
public sealed class RememberedFindings(string memoryFolder)
{
    private readonly string path = Path.Combine(memoryFolder, "findings.json");

    /// <summary>Of every server's last audit. What cannot be read was not found.</summary>
    public IReadOnlyList<RememberedServer> Recall()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RememberedJson.Default.ListRememberedServer) ?? [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Replaces what was known of these servers. Where nothing may be written, nothing is remembered.</summary>
    public void Remember(IEnumerable<AuditedServer> servers)
    {
        var seen = servers.Where(server => server.Failure is null).Select(RememberedServer.Of).ToList();
        var names = seen.Select(server => server.Host).ToHashSet(StringComparer.Ordinal);
        List<RememberedServer> all = [.. Recall().Where(server => !names.Contains(server.Host)), .. seen];
        try
        {
            Directory.CreateDirectory(memoryFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var draft = $"{path}.{Guid.NewGuid():N}";
            using (var file = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
                JsonSerializer.Serialize(file, all, RememberedJson.Default.ListRememberedServer);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // An audit from a read-only site is an audit all the same.
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<RememberedServer>))]
internal sealed partial class RememberedJson : JsonSerializerContext;
