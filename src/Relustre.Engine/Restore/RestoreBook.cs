using System.Globalization;
using System.Text.Json;

namespace Relustre.Restore;

/// <summary>
/// The restores of a site, each in a folder of its own with its plan and its journal. Plans hold what servers' files hold, so
/// all of it is readable by its owner alone; the plan of a restore that is over is kept without content.
/// </summary>
public sealed class RestoreBook(string folder, TimeProvider clock)
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const string PlanName = "plan.json";
    private const string JournalName = "journal.jsonl";

    /// <summary>The restore of a host that is not over; null: there is none.</summary>
    public string? OpenOf(string host) => Directory.Exists(FolderOf(host))
        ? Directory.GetDirectories(FolderOf(host)).Order(StringComparer.Ordinal).LastOrDefault(IsOpen)
        : null;

    /// <summary>The snapshot that was taken before the newest restore of a host changed anything; null: there was none.</summary>
    public string? SafetyOf(string host) => Directory.Exists(FolderOf(host))
        ? Directory.GetDirectories(FolderOf(host)).OrderDescending(StringComparer.Ordinal)
            .Select(place => Journal.Peek(Path.Combine(place, JournalName)).LastOrDefault(entry => entry.Kind == JournalKind.Safety)?.Text)
            .FirstOrDefault(snapshot => snapshot is not null)
        : null;

    /// <summary>When the newest restore of a host began, whatever became of it; null: there was none.</summary>
    public DateTimeOffset? LastStartOf(string host) => Directory.Exists(FolderOf(host))
        ? Directory.GetDirectories(FolderOf(host))
            .Select(place => DateTimeOffset.TryParseExact(Path.GetFileName(place).Split('-')[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began) ? began : (DateTimeOffset?)null)
            .Max()
        : null;

    /// <summary>Writes the plan down and begins its journal.</summary>
    /// <exception cref="RestoreBusyException">One of <paramref name="pair"/> is being restored already.</exception>
    public OpenRestore Start(RestorePlan plan, IReadOnlyList<string> pair)
    {
        foreach (var host in pair.Append(plan.Host).Distinct())
            if (OpenOf(host) is { } other)
                throw new RestoreBusyException($"a restore of {host} is open ({other}): go on with it by '{CommandFor(other, host)} --resume', or end it by '{CommandFor(other, host)} --give-up'");
        // The same plan may be done twice within a second, and the second time is another restore.
        var place = Path.Combine(FolderOf(plan.Host), clock.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + $"-{plan.Hash[..8]}");
        Directory.CreateDirectory(place, OwnerFolder);
        Write(Path.Combine(place, PlanName), JsonSerializer.SerializeToUtf8Bytes(plan, RestoreJson.Default.RestorePlan));
        return OpenRestore.Of(place, plan, Journal.Open(Path.Combine(place, JournalName), clock));
    }

    /// <exception cref="RestoreException">Its plan cannot be read.</exception>
    public OpenRestore Resume(string place)
    {
        var plan = PlanOf(place);
        var journal = Journal.Open(Path.Combine(place, JournalName), clock);
        try
        {
            return OpenRestore.Of(place, plan, journal);
        }
        catch (JsonException broken)
        {
            journal.Dispose();
            throw Unreadable(place, broken);
        }
    }

    /// <summary>The plan alone, also of a restore that is running.</summary>
    /// <exception cref="RestoreException">It cannot be read.</exception>
    public static RestorePlan PlanOf(string place)
    {
        var path = Path.Combine(place, PlanName);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RestoreJson.Default.RestorePlan) is { Schema: <= RestorePlan.CurrentSchema } plan
                ? plan
                : throw new RestoreException($"{path} was written by a newer relustre: use that one to go on");
        }
        catch (Exception broken) when (broken is JsonException or IOException)
        {
            throw Unreadable(place, broken);
        }
    }

    private static RestoreException Unreadable(string place, Exception broken) =>
        new($"what {place} had planned cannot be read ({broken.Message}): nobody can go on with this restore, and what it did stays; move that folder away and plan again");

    // Of a plan that cannot be read, the command itself tells what to do.
    private static string CommandFor(string place, string name)
    {
        try
        {
            using var plan = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(place, PlanName)));
            return plan.RootElement.TryGetProperty("servers", out var servers) && servers.GetArrayLength() > 0 ? $"relustre recover-cluster {name}" : $"relustre restore {name}";
        }
        catch (Exception broken) when (broken is JsonException or IOException)
        {
            return $"relustre restore {name}";
        }
    }

    // The plan is written before the journal, so a folder without a journal was never begun.
    private static bool IsOpen(string place) => File.Exists(Path.Combine(place, JournalName))
        && !Journal.Peek(Path.Combine(place, JournalName)).Any(entry => entry.Kind == JournalKind.Ended);

    private string FolderOf(string host) => Path.Combine(folder, host);

    /// <summary>Whole or not at all, and on disk when it returns.</summary>
    internal static void Write(string path, byte[] content)
    {
        var unfinished = $"{path}.new";
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }
}
