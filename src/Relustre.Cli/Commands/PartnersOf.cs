using Relustre.Cli.Output;
using Relustre.Operations;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Finds the other servers of a server's pair.</summary>
internal static class PartnersOf
{
    /// <summary>As site.yaml has them; servers without a pair are asked in their newest backups.</summary>
    public static async Task<IReadOnlyList<ServerCluster>> ClustersAsync(CommandRun run, Site site, CancellationToken cancel)
    {
        if (site.File.Hosts.All(host => host.Pair is not null))
            return KnownClusters.Of(site);
        await using var vault = await run.OpenVaultAsync(site, cancel);
        return await KnownClusters.WithBackedUpAsync(site, vault, run.Outside.Clock.GetUtcNow(), cancel);
    }

    /// <summary>The same servers and their partners.</summary>
    public static IReadOnlyList<HostEntry> With(IReadOnlyList<HostEntry> chosen, Site site, IReadOnlyList<ServerCluster> clusters, Screen screen)
    {
        foreach (var host in chosen.Where(host => !clusters.Any(cluster => cluster.Hosts.Contains(host.Name) && cluster.Hosts.Count > 1)))
            screen.Warn($"no partner of {host.Name} is known: give both the same 'pair:' in {SiteFile.Name}, or back both up first");
        var names = clusters.Where(cluster => chosen.Any(host => cluster.Hosts.Contains(host.Name))).SelectMany(cluster => cluster.Hosts).ToHashSet();
        return [.. chosen.Concat(site.File.Hosts.Where(host => names.Contains(host.Name))).DistinctBy(host => host.Name)];
    }
}
