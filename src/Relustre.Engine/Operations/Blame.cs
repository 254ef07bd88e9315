using Relustre.Audit;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Tells every value that a path or a setting of one host had, from when to when, and what changed with it.</summary>
public sealed class Blame
{
    private readonly TreeCache trees;
    private readonly CatalogueIndex index;
    private readonly IReadOnlyList<StoredSnapshot> snapshots;
    private readonly ILookup<string?, DateTimeOffset> seen;
    private readonly SnapshotCompanions companions;

    /// <param name="snapshots">Of one host, at least one; archives count only where there is nothing else.</param>
    public Blame(BlobVault vault, CatalogueIndex index, Ledger ledger, IReadOnlyList<StoredSnapshot> snapshots)
    {
        trees = new TreeCache(vault);
        this.index = index;
        var captured = snapshots.Where(snapshot => !snapshot.Record.Tags.Contains(SnapshotFinder.ImportedTag)).ToList();
        this.snapshots = [.. (captured.Count > 0 ? captured : snapshots).OrderBy(snapshot => snapshot.Record.Time)];
        seen = ledger.Of(this.snapshots[0].Record.Hostname)
            .Where(sighting => sighting.Result == SightingResult.Unchanged)
            .ToLookup(sighting => sighting.Snapshot, sighting => sighting.At);
        companions = new SnapshotCompanions(trees, index);
    }

    /// <summary>For how many of the newest values it is looked up what else changed; all others would only take time.</summary>
    public int Detailed { get; init; } = 50;

    /// <exception cref="NotBlamedException">No snapshot has anything there.</exception>
    public async Task<BlamedSubject> PathAsync(string path, CancellationToken cancel)
    {
        var chain = new PathChain(trees, path);
        var values = new List<(TreeNode? Node, List<StoredSnapshot> Of)>();
        // Deciphering is most of the work, and all cores can do it; then the chain knows every answer.
        await Parallel.ForEachAsync(snapshots, cancel, async (snapshot, stop) => await chain.InAsync(snapshot.Record.Tree, stop));
        foreach (var snapshot in snapshots)
        {
            var node = await chain.InAsync(snapshot.Record.Tree, cancel);
            if (values is [.., var last] && await IsSameAsync(last.Node, node, cancel))
                last.Of.Add(snapshot);
            else
                values.Add((node, [snapshot]));
        }
        if (values is [(null, _)])
            throw await UnknownPathAsync(path, cancel);
        var view = new PathView(trees.Vault, index, path);
        var told = await TiledAsync(values, view.Shown, cancel);
        for (var at = Math.Max(1, told.Count - Detailed); at < told.Count; at++)
            told[at] = await view.ChangedAsync(told[at], values[at - 1].Node, values[at].Node, cancel);
        return new(path, view.Component?.Name, told) { IsSecret = view.IsSecret };
    }

    /// <summary>Every setting of these components that answers to <paramref name="wanted"/>: a whole key, or its end.</summary>
    /// <exception cref="NotBlamedException">None does, or too many.</exception>
    public async Task<IReadOnlyList<BlamedSubject>> SettingsAsync(IReadOnlyList<Component> components, string wanted, CancellationToken cancel)
    {
        var pasts = await new SettingPasts(trees, index, components).ReadAsync(snapshots, cancel);
        var keys = SettingName.Find(wanted, pasts.SelectMany(past => past.Keys).Distinct().ToList());
        var subjects = new List<BlamedSubject>();
        foreach (var past in pasts)
            foreach (var key in keys.Where(past.Keys.Contains))
                subjects.Add(new(key, past.Component.Name, await TiledAsync(past.ValuesOf(key), SettingPast.Shown, cancel)) { IsSecret = past.IsSecret(key) });
        return subjects;
    }

    private async Task<List<BlamedValue>> TiledAsync<T>(
        IReadOnlyList<(T Value, List<StoredSnapshot> Of)> values, Func<T, string?> shown, CancellationToken cancel)
    {
        var told = new List<BlamedValue>();
        foreach (var (at, (value, of)) in values.Index())
            told.Add(new BlamedValue
            {
                Shown = shown(value),
                First = of[0],
                Last = of[^1],
                Snapshots = of.Count,
                Until = at + 1 < values.Count ? values[at + 1].Of[0].Record.Time : null,
                SeenUntil = SeenUntil(of[^1], at + 1 < values.Count ? values[at + 1].Of[0].Record.Time : DateTimeOffset.MaxValue),
                With = at > 0 && at >= values.Count - Detailed ? await companions.BetweenAsync(values[at - 1].Of[^1], of[0], cancel) : null,
            });
        return told;
    }

    // A clock that was set back may have it seen after its end.
    private DateTimeOffset SeenUntil(StoredSnapshot last, DateTimeOffset end) =>
        seen[last.Id.ToString()].Where(at => at <= end).Append(last.Record.Time).Max();

    private async ValueTask<bool> IsSameAsync(TreeNode? one, TreeNode? other, CancellationToken cancel)
    {
        if (ReferenceEquals(one, other))
            return true;
        if (one is null || other is null || !TreeComparison.IsSame(one, other))
            return false;
        // Folders that hold the same differ in their listings by the times of what they hold.
        return one.Subtree == other.Subtree || (one.Subtree is { } was && other.Subtree is { } now
            && (await new TreeComparison(trees, trees).BetweenAsync(was, now, cancel)).Count == 0);
    }

    private async Task<NotBlamedException> UnknownPathAsync(string path, CancellationToken cancel)
    {
        var newest = new SnapshotReader(trees, snapshots[^1]);
        var slash = path.LastIndexOf('/');
        var near = (await newest.ListAsync(slash > 0 ? path[..slash] : "/", cancel)).Select(entry => entry.Path);
        return new NotBlamedException($"no snapshot of {snapshots[^1].Record.Hostname} has {path}{Spelling.DidYouMean(path, near)}; see 'relustre ls {snapshots[^1].Record.Hostname}'");
    }
}
