using System.Text.Json;
using System.Text.Json.Serialization;
using Relustre.Snapshots;

namespace Relustre.Audit;

/// <summary>
/// What was accepted and waived, beside the vault's own files and the ledger (restic passes them over), so that it holds for
/// everybody who works with this vault. Lines are only ever added, and every machine adds to a file of its own: a network
/// file system need not keep two of them apart.
/// </summary>
public sealed class DecisionLog(string folder, string machine)
{
    /// <summary>As long as a line can be; what is longer was not written by us.</summary>
    private const int LongestLine = 1 << 20;

    public static DecisionLog BesideVault(string vaultFolder, string machine) => new(Path.Combine(vaultFolder, "relustre"), machine);

    /// <summary>Writes them down; they hold, on this machine and all others, once this returns.</summary>
    public void Note(IReadOnlyList<Decision> decisions) => LineFile.Add(
        Path.Combine(folder, $"decisions-{string.Concat(machine.Select(Plain))}.jsonl"),
        decisions.Select(decision => JsonSerializer.SerializeToUtf8Bytes(decision, DecisionJson.Default.Decision)));

    /// <summary>All there are, oldest first. A damaged line is passed over.</summary>
    public IReadOnlyList<Decision> Read() => !Directory.Exists(folder) ? [] :
    [
        .. from file in Directory.GetFiles(folder, "decisions-*.jsonl")
           from line in LineFile.Read(file)
           let decision = Read(line)
           where decision is not null
           orderby decision.At, decision.Id
           select decision,
    ];

    private static char Plain(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_' ? sign : '-';

    private static Decision? Read(string line)
    {
        if (line.Length > LongestLine)
            return null;
        try
        {
            return JsonSerializer.Deserialize(line, DecisionJson.Default.Decision);
        }
        catch (JsonException)
        {
            // Cut by a crash, or of a later version's kind: nobody is held to what cannot be read.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Decision))]
internal sealed partial class DecisionJson : JsonSerializerContext;
