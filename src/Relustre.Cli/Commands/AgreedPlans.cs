using System.Text.Json;
using Relustre.Cli.Output;
using Relustre.Cli.Reports;
using Relustre.Restore;

namespace Relustre.Cli.Commands;

/// <summary>Plans that somebody has read, in the site, so that a restore can be held to one of them. Only the newest of a server are kept.</summary>
internal sealed class AgreedPlans(string folder)
{
    private const int Kept = 32;
    private const int ShortestHash = 8;
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="IOException">The site takes nothing.</exception>
    public void Save(RestorePlan plan)
    {
        var place = Path.Combine(folder, plan.Host);
        Directory.CreateDirectory(place, OwnerFolder);
        ReportFile.Write(Path.Combine(place, $"{plan.Hash}.json"), JsonSerializer.Serialize(new SavedPlan(plan.MadeAt, plan.Wish, PlanReply.Of(plan)), Replies.Json.SavedPlan) + "\n");
        foreach (var old in new DirectoryInfo(place).GetFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc).Skip(Kept))
            old.Delete();
    }

    /// <param name="hash">Its beginning is enough.</param>
    /// <exception cref="CommandFailedException">None, or more than one, answers to it.</exception>
    public SavedPlan Find(string host, string hash)
    {
        var place = Path.Combine(folder, host);
        if (hash.Length < ShortestHash || !hash.All(char.IsAsciiHexDigitLower))
            throw new CommandFailedException($"--plan {hash}: give the hash that 'relustre plan {host}' prints at its end, at least {ShortestHash} digits of it", ExitCode.Usage);
        return (Directory.Exists(place) ? Directory.GetFiles(place, $"{hash}*.json") : []) switch
        {
            [var only] => Read(only, host),
            [] => throw new CommandFailedException($"no plan {hash} of {host} is kept in {place}: read one by 'relustre plan {host}', which prints its hash at the end"),
            _ => throw new CommandFailedException($"more than one plan of {host} begins with {hash}: give more of its hash", ExitCode.Usage),
        };
    }

    private static SavedPlan Read(string path, string host)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), Replies.Json.SavedPlan) is { Plan.Steps: not null, Plan.ForPeople: not null, Wish: not null } saved
                && saved.Plan.Host == host && Path.GetFileNameWithoutExtension(path) == saved.Plan.Hash
                ? saved
                : throw new CommandFailedException($"{path} is no plan of {host}: read one again by 'relustre plan {host}'");
        }
        catch (JsonException broken)
        {
            throw new CommandFailedException($"{path} cannot be read ({broken.Message}): read the plan again by 'relustre plan {host}'");
        }
    }
}
