using System.Text;
using System.Text.Json;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Tests.Operations;

/// <summary>A host's past, written into a vault as backups would have, without a server and without waiting.</summary>
internal sealed class WrittenPast(SmallFleet fleet)
{
    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly List<StoredSnapshot> snapshots = [];
    private readonly Ledger ledger = Ledger.BesideVault(fleet.VaultFolder);
    private DateTimeOffset now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<StoredSnapshot> Snapshots => snapshots;

    /// <summary>Of every file from now on.</summary>
    public int Mode { get; set; } = 0b110_100_100;

    /// <summary>A file's content; null: it is not there.</summary>
    public string? this[string path]
    {
        set
        {
            if (value is null)
                files.Remove(path);
            else
                files[path] = value;
        }
    }

    /// <summary>A backup of how it is, and further ones that find it unchanged, within this time. Equal states give no snapshot.</summary>
    public async Task SnapshotAsync(TimeSpan time, int seenAgain)
    {
        var entries = new List<SnapshotEntry> { await EntryAsync(SnapshotLayout.Manifest, Manifest()) };
        foreach (var (path, content) in files)
            entries.Add(await EntryAsync(path, Encoding.UTF8.GetBytes(content)));
        var tree = await new TreeWriter(fleet.Vault).WriteAsync(entries, SmallFleet.Cancel);
        if (snapshots.Count == 0 || snapshots[^1].Record.Tree != tree)
        {
            await fleet.Vault.FlushAsync(SmallFleet.Cancel);
            var record = new SnapshotRecord { Time = now, Tree = tree, Hostname = "oss1" };
            snapshots.Add(new(await fleet.Vault.PutSnapshotAsync(record, SmallFleet.Cancel), record));
        }
        ledger.Note([.. Enumerable.Range(0, seenAgain).Select(_ => new Sighting
        {
            Host = "oss1",
            At = now + (time / 2),
            Result = SightingResult.Unchanged,
            Snapshot = snapshots[^1].Id.ToString(),
        })]);
        now += time;
    }

    // Every backup finds other times, which are no change.
    private async Task<SnapshotEntry> EntryAsync(string path, byte[] content) => new(path, new TreeNode
    {
        Name = UnixPath.Encode(path[(path.LastIndexOf('/') + 1)..]),
        Type = NodeType.File,
        UnixMode = Mode,
        Modified = new NodeTime(path.StartsWith("/etc/fstab", StringComparison.Ordinal) ? now.ToUnixTimeSeconds() : 0, 0),
        Size = (ulong)content.Length,
        Content = await fleet.Vault.PutContentAsync(content, SmallFleet.Cancel),
        Links = 1,
    });

    private static byte[] Manifest() => JsonSerializer.SerializeToUtf8Bytes(
        new Manifest { Schema = Relustre.Snapshots.Manifest.CurrentSchema, Host = "oss1", Components = [], Problems = [] }, ManifestJson.Default.Manifest);
}
