using System.Text;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Audit;

/// <summary>Finds what changed together, out of what was captured: the server is not asked.</summary>
internal sealed class SnapshotCompanions(TreeCache trees, CatalogueIndex index)
{
    private const int Most = 1000;

    private static readonly string[] PackageLists = [SnapshotLayout.Tool("packages", "rpm"), SnapshotLayout.Tool("packages", "dpkg")];

    public async Task<SnapshotChanges?> BetweenAsync(StoredSnapshot was, StoredSnapshot now, CancellationToken cancel)
    {
        try
        {
            var paths = await new TreeComparison(trees, trees).BetweenAsync(was.Record.Tree, now.Record.Tree, cancel);
            var comparison = new ServerComparison(index);
            var byComponent = from path in paths
                              where path != SnapshotLayout.Manifest && !path.StartsWith(SnapshotLayout.Folder + "/facts", StringComparison.Ordinal)
                              from component in comparison.ComponentsOf(path)
                              group path by component.Name;
            return new(
                byComponent.ToDictionary(group => group.Key, IReadOnlyList<string> (IGrouping<string, string> group) => [.. group.Distinct().Order(StringComparer.Ordinal)]),
                paths.Any(PackageLists.Contains) ? await PackagesAsync(was, now, cancel) : []);
        }
        catch (VaultDamagedException)
        {
            // A damaged neighbour takes away a hint and not the answer.
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> PackagesAsync(StoredSnapshot was, StoredSnapshot now, CancellationToken cancel)
    {
        var (before, after) = (await ListedAsync(was, cancel), await ListedAsync(now, cancel));
        return
        [
            .. before.Select(package => package.Key).Concat(after.Select(package => package.Key)).Distinct().Order(StringComparer.Ordinal)
                .Select(name => Line(name, [.. before[name].Except(after[name])], [.. after[name].Except(before[name])])).OfType<string>().Take(Most),
        ];
    }

    // A kernel is installed several times, so a package may have several versions.
    private static string? Line(string name, string[] gone, string[] come) => (gone, come) switch
    {
        ([], []) => null,
        ([], _) => $"{name} {string.Join(", ", come)} installed",
        (_, []) => $"{name} {string.Join(", ", gone)} removed",
        _ => $"{name} {string.Join(", ", gone)} -> {string.Join(", ", come)}",
    };

    private async Task<ILookup<string, string>> ListedAsync(StoredSnapshot snapshot, CancellationToken cancel)
    {
        var reader = new SnapshotReader(trees, snapshot);
        var lines = new List<string>();
        foreach (var list in PackageLists)
            if (await reader.FindAsync(list, cancel) is { Node.Type: NodeType.File } entry)
                lines.AddRange(Encoding.UTF8.GetString((await reader.ReadAsync(entry, cancel)).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return lines.Select(line => line.Split(' ', 2)).Where(words => words.Length == 2).ToLookup(words => words[0], words => words[1]);
    }
}
