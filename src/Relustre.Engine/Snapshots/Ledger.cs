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
    public string Folder => folder;

    // restic ignores what it does not know in a repository's folder, so the ledger goes wherever the vault goes.
    public static Ledger BesideVault(string vaultFolder) => new(Path.Combine(vaultFolder, "relustre"));

    /// <summary>Appends, whole lines only, and waits until they are on disk.</summary>
    public void Note(IEnumerable<Sighting> sightings)
    {
        foreach (var month in sightings.GroupBy(sighting => FileOf(sighting.At)))
            LineFile.Add(month.Key, month.Select(sighting => JsonSerializer.SerializeToUtf8Bytes(sighting, LedgerJson.Default.Sighting)));
    }

    /// <summary>The newest sighting of every host in the last two months that have any; a damaged line is passed over.</summary>
    public IReadOnlyDictionary<string, Sighting> Newest()
    {
        var newest = new Dictionary<string, Sighting>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return newest;
        foreach (var file in Directory.GetFiles(folder, "ledger-*.jsonl").Order(StringComparer.Ordinal).TakeLast(2))
            foreach (var sighting in LineFile.Read(file).Select(Read).OfType<Sighting>())
                newest[sighting.Host] = sighting;
        return newest;
    }

    /// <summary>Every sighting of one host, oldest first; a damaged line is passed over.</summary>
    public IReadOnlyList<Sighting> Of(string host)
    {
        if (!Directory.Exists(folder))
            return [];
        // Most lines are other hosts': they are told apart before they are parsed.
        var mark = $"\"host\":{JsonSerializer.Serialize(host, LedgerJson.Default.String)}";
        return
        [
            .. from file in Directory.GetFiles(folder, "ledger-*.jsonl").Order(StringComparer.Ordinal)
               from line in LineFile.Read(file)
               where line.Contains(mark, StringComparison.Ordinal)
               let sighting = Read(line)
               where sighting?.Host == host
               orderby sighting.At
               select sighting,
        ];
    }

    private string FileOf(DateTimeOffset at) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"ledger-{at.UtcDateTime:yyyy-MM}.jsonl"));

    private static Sighting? Read(string line)
    {
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
[JsonSerializable(typeof(string))]
internal sealed partial class LedgerJson : JsonSerializerContext;
