using Relustre.Components;
using Relustre.Snapshots;

namespace Relustre.Audit;

/// <summary>Compares two moments of a server, or two servers, by meaning. Components of which nothing differs are not even read.</summary>
public sealed class ServerComparison(CatalogueIndex index)
{
    /// <summary>By component in the order of a restore.</summary>
    public async Task<IReadOnlyList<Difference>> BetweenAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var differences = new List<Difference>();
        var paths = await PathsAsync(wanted, found, cancel);
        var changed = paths.ToHashSet(StringComparer.Ordinal);
        foreach (var component in await TouchedAsync(paths, wanted, found, cancel))
        {
            Func<string, bool> isRead = component.ReadsFilesApart ? changed.Contains : _ => true;
            differences.AddRange(component.Compare(
                await wanted.StateAsync(component, isRead, cancel), await found.StateAsync(component, isRead, cancel)).Where(IsToTell));
        }
        return differences;
    }

    // What a site adds by a wide pattern is compared as bytes: where a component knows what a file means, only that counts.
    private bool IsToTell(Difference difference) =>
        difference.Component != SiteFiles.ComponentName || index.ComponentsOf(new Setting(difference.Key, "").Place) is not { Count: > 1 };

    /// <summary>The components of which any file or tool's answer differs in any byte.</summary>
    public async Task<IReadOnlyList<Component>> TouchedAsync(StoredServer wanted, StoredServer found, CancellationToken cancel) =>
        await TouchedAsync(await PathsAsync(wanted, found, cancel), wanted, found, cancel);

    private static Task<IReadOnlyList<string>> PathsAsync(StoredServer wanted, StoredServer found, CancellationToken cancel) =>
        new TreeComparison(wanted.Trees, found.Trees).BetweenAsync(wanted.Snapshot.Record.Tree, found.Snapshot.Record.Tree, cancel);

    private async Task<IReadOnlyList<Component>> TouchedAsync(
        IReadOnlyList<string> paths, StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var touched = paths.SelectMany(ComponentsOf).ToHashSet();
        if (paths.Contains(SnapshotLayout.Manifest))
            touched.UnionWith(await OtherwiseAnsweredAsync(wanted, found, cancel));
        return [.. index.Catalogue.InRestoreOrder.Where(touched.Contains)];
    }

    internal IEnumerable<Component> ComponentsOf(string path) => path.Split('/') is ["", ".relustre", "tools", var name, _]
        ? index.Catalogue.Components.Where(component => component.Name == name)
        : index.ComponentsOf(path);

    // A tool that failed may have left no output whose absence could be seen.
    private async Task<IEnumerable<Component>> OtherwiseAnsweredAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var was = (await wanted.ManifestAsync(cancel)).Components.ToDictionary(component => component.Name);
        var now = (await found.ManifestAsync(cancel)).Components.ToDictionary(component => component.Name);
        return index.Catalogue.Components.Where(component =>
            !(was.GetValueOrDefault(component.Name)?.Tools ?? []).SequenceEqual(now.GetValueOrDefault(component.Name)?.Tools ?? []));
    }
}
