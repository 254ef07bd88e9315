using System.Globalization;
using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>
/// Finds the snapshot that an administrator means: <c>latest</c>, a host's name (its newest), <c>HOST@TIME</c> (the newest up
/// to then; a date means that whole day), or the beginning of an id.
/// </summary>
public sealed class SnapshotFinder(IReadOnlyList<StoredSnapshot> snapshots)
{
    /// <summary>The tag of what came out of an archive: it holds less than a capture and may claim any date, so a capture goes before it.</summary>
    public const string ImportedTag = "imported";

    /// <summary>The tag of what a server was before a restore: there to undo it, and never what one means by a server's newest.</summary>
    public const string SafetyTag = "safety";

    private const int ShortestId = 4;

    /// <exception cref="SnapshotNotFoundException">Nothing, or more than one, answers to it.</exception>
    public StoredSnapshot Find(string wanted)
    {
        if (snapshots.Count == 0)
            throw new SnapshotNotFoundException("the vault holds no snapshot yet: make one with 'relustre backup'");
        if (wanted == "latest")
            return Newest(snapshots)!;
        return wanted.LastIndexOf('@') is > 0 and var at && ParseTime(wanted[(at + 1)..]) is { } until
            ? OfHost(wanted[..at], until)
            : NewestOf(wanted) ?? ById(wanted);
    }

    public StoredSnapshot? NewestOf(string host) =>
        Newest(snapshots.Where(snapshot => snapshot.Record.Hostname == host));

    private static StoredSnapshot? Newest(IEnumerable<StoredSnapshot> among) =>
        among.OrderBy(snapshot => snapshot.Record.Tags.Contains(ImportedTag) || snapshot.Record.Tags.Contains(SafetyTag)).ThenByDescending(snapshot => snapshot.Record.Time).FirstOrDefault();

    private StoredSnapshot OfHost(string host, DateTimeOffset until) =>
        snapshots.Where(snapshot => snapshot.Record.Hostname == host && snapshot.Record.Time <= until).MaxBy(snapshot => snapshot.Record.Time)
        ?? throw new SnapshotNotFoundException(NewestOf(host) is null
            ? Unknown(host)
            : $"{host} has no snapshot up to then: its first is of {Oldest(host):yyyy-MM-dd HH:mm}; see 'relustre snapshots {host}'");

    private DateTimeOffset Oldest(string host) =>
        snapshots.Where(snapshot => snapshot.Record.Hostname == host).Min(snapshot => snapshot.Record.Time).ToLocalTime();

    private StoredSnapshot ById(string prefix)
    {
        if (prefix.Length < ShortestId || !prefix.All(char.IsAsciiHexDigitLower))
            throw new SnapshotNotFoundException(Unknown(prefix));
        var found = snapshots.Where(snapshot => snapshot.Id.ToString().StartsWith(prefix, StringComparison.Ordinal)).Take(2).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new SnapshotNotFoundException(Unknown(prefix)),
            _ => throw new SnapshotNotFoundException($"more than one snapshot begins with {prefix}: give more of its id"),
        };
    }

    private string Unknown(string wanted)
    {
        var hosts = snapshots.Select(snapshot => snapshot.Record.Hostname).Distinct().Order(StringComparer.Ordinal).ToList();
        var some = string.Join(", ", hosts.Take(8)) + (hosts.Count > 8 ? ", …" : "");
        return $"no snapshot answers to '{wanted}': give a host ({some}), HOST@DATE, an id of 'relustre snapshots', or latest";
    }

    private static DateTimeOffset? ParseTime(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            return new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue).AddTicks(-1), TimeZoneInfo.Local.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time : null;
    }
}
