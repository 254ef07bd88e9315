using Relustre.Snapshots;

namespace Relustre.Audit;

/// <summary>Compares two moments of a server, or two servers, by meaning. Components of which nothing differs are not even read.</summary>
public sealed class ServerComparison(CatalogueIndex index)
{
    /// <summary>By component in the order of a restore.</summary>
    public async Task<IReadOnlyList<Difference>> BetweenAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var differences = new List<Difference>();
        foreach (var component in await TouchedAsync(wanted, found, cancel))
            differences.AddRange(component.Compare(await wanted.StateAsync(component, cancel), await found.StateAsync(component, cancel)));
        return differences;
    }

    /// <summary>The components of which any file or tool's answer differs in any byte.</summary>
    public async Task<IReadOnlyList<Component>> TouchedAsync(StoredServer wanted, StoredServer found, CancellationToken cancel)
    {
        var paths = await new TreeComparison(wanted.Trees, found.Trees)
            .BetweenAsync(wanted.Snapshot.Record.Tree, found.Snapshot.Record.Tree, cancel);
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
