using Relustre.Audit;
using Relustre.Snapshots;

namespace Relustre.Restore;

/// <summary>
/// What differs from the snapshot when a restore is over. What belongs to the cluster and is the same as on the living partner
/// is told apart: there the backup is older, and the cluster is right.
/// </summary>
public sealed class WhatIsLeft(CatalogueIndex index)
{
    private static readonly string[] OfTheCluster = ["corosync", "pacemaker"];

    /// <param name="partner">As it is now; null: none could be seen.</param>
    public async Task<(IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> NewerOnPartner)> OfAsync(
        StoredServer wanted, StoredServer found, StoredServer? partner, RestoreWish wish, CancellationToken cancel)
    {
        var differences = (await new ServerComparison(index).BetweenAsync(wanted, found, cancel))
            .Where(difference => wish.Only.Count == 0 || wish.Only.Contains(difference.Component)).ToList();
        var unlike = partner is null ? null : await UnlikeAsync(partner, found, cancel);
        var shared = differences.Where(difference => unlike is not null && OfTheCluster.Contains(difference.Component) && !unlike.Contains(difference.Key)).ToHashSet();
        return ([.. Findings(differences.Where(difference => !shared.Contains(difference)), found.Host)], [.. Findings(shared, found.Host)]);
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
