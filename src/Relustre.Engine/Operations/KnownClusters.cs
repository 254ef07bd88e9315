using Relustre.Audit;
using Relustre.Rules;
using Relustre.Sites;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Which servers of a site are in one cluster: as site.yaml says, else as they said themselves when they were backed up.</summary>
public static class KnownClusters
{
    /// <summary>The pairs of site.yaml.</summary>
    public static IReadOnlyList<ServerCluster> Of(Site site) =>
    [
        .. from host in site.File.Hosts
           where host.Pair is not null
           group host.Name by host.Pair into pair
           select new ServerCluster(pair.Key, [.. pair.Order(StringComparer.Ordinal)]),
    ];

    /// <summary>Also those of servers for which site.yaml names no pair, by their newest backups.</summary>
    public static async Task<IReadOnlyList<ServerCluster>> WithBackedUpAsync(Site site, BlobVault vault, DateTimeOffset now, CancellationToken cancel)
    {
        var newest = await NewestCaptures.OfAsync(vault, cancel);
        await vault.LoadIndexAsync(cancel);
        var views = new List<ServerView>();
        foreach (var host in site.File.Hosts.Where(host => host.Pair is null))
            if (newest.GetValueOrDefault(host.Name) is { } snapshot)
                views.Add(await new ViewedServer(host.Name, new StoredServer(vault, snapshot)).WithFactsAsync(new ServerView(host.Name, now), ClusterMembers.Facts, cancel));
        return [.. Of(site), .. ClusterMembers.Of(views).Select(members => new ServerCluster(string.Join('-', members), members))];
    }
}
