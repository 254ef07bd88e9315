using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relustre.Snapshots;

/// <summary>
/// When which host was seen, and how: lines of JSON in one file a month, beside the vault's own files (restic passes them
/// over). An unchanged host gets a line here instead of a snapshot.
/// </summary>
public sealed class Ledger(string folder)
{
    // restic ignores what it does not know in a repository's folder, so the ledger goes wherever the vault goes.
    public static Ledger BesideVault(string vaultFolder) => new(Path.Combine(vaultFolder, "relustre"));

    /// <summary>Appends, whole lines only, and waits until they are on disk.</summary>
    public void Note(IEnumerable<Sighting> sightings)
    {
        foreach (var month in sightings.GroupBy(sighting => FileOf(sighting.At)))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var file = new FileStream(month.Key, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            // A line that a crash cut short must not swallow the next one, so every write begins on a line of its own.
            file.Write([(byte)'\n', .. month.SelectMany(Line)]);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>The newest sighting of every host in the last two months that have any; a damaged line is passed over.</summary>
    public IReadOnlyDictionary<string, Sighting> Newest()
    {
        var newest = new Dictionary<string, Sighting>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return newest;
        foreach (var file in Directory.GetFiles(folder, "ledger-*.jsonl").Order(StringComparer.Ordinal).TakeLast(2))
            foreach (var sighting in File.ReadLines(file).Select(Read).OfType<Sighting>())
                newest[sighting.Host] = sighting;
        return newest;
    }

    private string FileOf(DateTimeOffset at) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"ledger-{at.UtcDateTime:yyyy-MM}.jsonl"));

    private static byte[] Line(Sighting sighting) => [.. JsonSerializer.SerializeToUtf8Bytes(sighting, LedgerJson.Default.Sighting), (byte)'\n'];

    private static Sighting? Read(string line)
    {
        if (line.Length == 0)
            return null;
        try
        {
            return JsonSerializer.Deserialize(line, LedgerJson.Default.Sighting);
        }
        catch (JsonException)
        {
            // A line cut by a crash says nothing; the next backup writes a new one.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Sighting))]
internal sealed partial class LedgerJson : JsonSerializerContext;
