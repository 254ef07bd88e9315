using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>Lists what rests in the vault.</summary>
internal sealed class SnapshotsCommand : Verb
{
    private readonly Argument<string[]> hosts = new("HOST") { Description = "Only these servers' snapshots", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> latest = new("--latest") { Description = "Only the newest snapshot of each server" };

    public SnapshotsCommand() : base("snapshots", "List the snapshots in the vault")
    {
        Add(hosts);
        Add(latest);
    }

    public override IReadOnlyList<string> Details =>
    [
        "A snapshot is a server's configuration at one moment. One is made only when something changed; UNCHANGED UNTIL tells when the server was last "
            + "seen to be exactly so. Times are universal (Z).",
        "Where a command wants a SNAPSHOT, give the beginning of its id, a server's name (its newest), HOST@2026-05-31 (the newest up to that day) "
            + "or latest.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre snapshots", "all of them, oldest first"),
        new("relustre snapshots --latest", "one line a server"),
        new("relustre snapshots mds1 --json", "for a program"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var all = await vault.SnapshotsAsync(cancel).ToListAsync(cancel);
        var newest = all.GroupBy(snapshot => snapshot.Record.Hostname).Select(group => group.MaxBy(snapshot => snapshot.Record.Time)!).ToHashSet();
        var seen = Ledger.BesideVault(site.VaultFolder).Newest();
        var wanted = run.Value(hosts) ?? [];
        var rows = all
            .Where(snapshot => wanted.Length == 0 || wanted.Contains(snapshot.Record.Hostname))
            .Where(snapshot => !run.Value(latest) || newest.Contains(snapshot))
            .Select(snapshot => SnapshotReply.Of(snapshot) with { SeenUnchanged = Seen(snapshot, seen) })
            .ToList();
        if (run.Screen.IsJson)
            run.Screen.Json(rows, Replies.Json.ListSnapshotReply);
        else if (rows.Count == 0)
            run.Screen.Note(wanted.Length == 0 ? "no snapshots yet: relustre backup" : $"no snapshots of {string.Join(", ", wanted)}");
        else
            run.Screen.Table(Sheet(rows));
        return ExitCode.Done;
    }

    private static DateTimeOffset? Seen(StoredSnapshot snapshot, IReadOnlyDictionary<string, Sighting> seen) =>
        seen.TryGetValue(snapshot.Record.Hostname, out var sighting) && sighting.Snapshot == snapshot.Id.ToString()
            && sighting.Result == SightingResult.Unchanged ? sighting.At : null;

    private static Sheet Sheet(IEnumerable<SnapshotReply> rows)
    {
        var sheet = new Sheet("ID", "TIME", "HOST", "UNCHANGED UNTIL", "TAGS");
        foreach (var row in rows)
            sheet.Add(row.Id[..8], Units.Time(row.Time), row.Host, row.SeenUnchanged is { } seen ? Units.Time(seen) : "", string.Join(",", row.Tags));
        return sheet;
    }
}
