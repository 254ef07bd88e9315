using Relustre.Audit;
using Relustre.Snapshots;

namespace Relustre.Restore;

/// <summary>
/// What differs from the snapshot when a restore is over. What belongs to the cluster and is the same as on the living partner
/// is told apart: there the backup is older, and the cluster is right. So is what a restore writes otherwise on purpose, since
/// the server has other cards or disks than it had.
/// </summary>
public sealed class WhatIsLeft(CatalogueIndex index)
{
    private static readonly string[] OfTheCluster = ["corosync", "pacemaker"];

    /// <param name="partner">As it is now; null: none could be seen.</param>
    public async Task<(IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> NewerOnPartner, IReadOnlyList<Finding> NewHardware)> OfAsync(
        StoredServer wanted, StoredServer found, StoredServer? partner, RestoreWish wish, CancellationToken cancel)
    {
        var differences = (await new ServerComparison(index).BetweenAsync(wanted, found, cancel))
            .Where(difference => wish.Wants(difference.Component)).ToList();
        var unlike = partner is null ? null : await UnlikeAsync(partner, found, cancel);
        var shared = differences.Where(difference => unlike is not null && OfTheCluster.Contains(difference.Component) && !unlike.Contains(difference.Key)).ToHashSet();
        var adapted = await AdaptedAsync(differences.Where(difference => !shared.Contains(difference)), wanted, found, wish, cancel);
        return ([.. Findings(differences.Where(difference => !shared.Contains(difference) && !adapted.Contains(difference)), found.Host)], [.. Findings(shared, found.Host)], [.. Findings(adapted, found.Host)]);
    }

    // Those that are none beside what a restore would write on this server.
    private async Task<HashSet<Difference>> AdaptedAsync(IEnumerable<Difference> differences, StoredServer wanted, StoredServer found, RestoreWish wish, CancellationToken cancel)
    {
        var context = await Planner.ContextAsync(wanted, found, wish, cancel);
        var adapted = new HashSet<Difference>();
        foreach (var some in differences.GroupBy(difference => difference.Component))
        {
            if (index.Catalogue.Components.FirstOrDefault(component => component.Name == some.Key) is not { } component)
                continue;
            var now = await found.StateAsync(component, cancel);
            var left = component.Compare(component.Adapted(await wanted.StateAsync(component, cancel), now, context), now).Select(difference => difference.Key).ToHashSet(StringComparer.Ordinal);
            adapted.UnionWith(some.Where(difference => !left.Contains(difference.Key)));
        }
        return adapted;
    }

    private static IEnumerable<Finding> Findings(IEnumerable<Difference> differences, string host) =>
        differences.Select(difference => Finding.Of(host, difference)).OrderByDescending(finding => finding.Risk);

    private async Task<HashSet<string>> UnlikeAsync(StoredServer partner, StoredServer found, CancellationToken cancel)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in index.Catalogue.Components.Where(component => OfTheCluster.Contains(component.Name)))
            keys.UnionWith(component.Compare(await partner.StateAsync(component, cancel), await found.StateAsync(component, cancel)).Select(difference => difference.Key));
        return keys;
    }
}
