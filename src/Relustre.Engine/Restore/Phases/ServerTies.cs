using Relustre.Audit;
using Relustre.Facts;

namespace Relustre.Restore.Phases;

/// <summary>What ties a server to its pair: the cluster's configuration as it lives on a partner, or as the backup has it.</summary>
/// <param name="Name">The server as its cluster calls it.</param>
/// <param name="Cluster">Of a living partner where there is one; null: the server was in no cluster.</param>
/// <param name="LivingPartners">Servers of its pair whose cluster runs.</param>
public sealed record ServerTies(string Name, PacemakerFacts? Cluster, IReadOnlyList<string> LivingPartners)
{
    public static async Task<ServerTies> OfAsync(StoredServer wanted, IReadOnlyList<StoredServer> partners, CancellationToken cancel)
    {
        var living = new List<(string Name, PacemakerFacts Cluster)>();
        foreach (var partner in partners)
            if ((await partner.FactsAsync(cancel)).Values.OfType<PacemakerFacts>().FirstOrDefault() is { IsLive: true, IsWhole: true } cluster)
                living.Add((partner.Host, cluster));
        var was = (await wanted.FactsAsync(cancel)).Values;
        var own = was.OfType<PacemakerFacts>().FirstOrDefault();
        return new ServerTies(
            NameIn(living.Select(one => one.Cluster).FirstOrDefault() ?? own, was.OfType<SystemFacts>().FirstOrDefault()?.HostName ?? wanted.Host),
            own is null ? null : living.Select(one => one.Cluster).FirstOrDefault() ?? own,
            [.. living.Select(one => one.Name)]);
    }

    // IML's clusters call nodes by their full names, those that people set up often by the short one.
    private static string NameIn(PacemakerFacts? cluster, string hostName) =>
        cluster?.Nodes.FirstOrDefault(node => node.Name == hostName)?.Name
        ?? cluster?.Nodes.FirstOrDefault(node => node.Name.Split('.')[0] == hostName.Split('.')[0])?.Name
        ?? hostName;
}
