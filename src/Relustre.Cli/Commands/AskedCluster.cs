using Relustre.Cli.Output;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>The servers of a pair, asked for the lease on their cluster's fencing.</summary>
internal sealed class AskedCluster(string name, IReadOnlyList<HostShell> servers) : IAsyncDisposable
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Servers => [.. servers.Select(server => server.Host.Name)];

    /// <summary>Whole pairs, also where one server of it was named; none named: all of the site.</summary>
    public static IReadOnlyList<AskedCluster> Of(Site site, IReadOnlyList<string> names, TimeProvider clock) =>
    [
        .. from cluster in site.Choose(names).Select(entry => entry.Pair ?? entry.Name).Distinct()
           let members = site.File.Hosts.Where(host => host.Pair == cluster).ToList()
           select new AskedCluster(cluster, [.. (members.Count > 0 ? members : site.Choose([cluster])).Select(entry => new HostShell(site.HostOf(entry), clock))]),
    ];

    /// <summary>The servers whose cluster answers, and the lease that it has; those that do not answer are told of.</summary>
    public async Task<(IReadOnlyList<HostShell> Answering, FencingLease? Lease)> AskAsync(Screen screen, CancellationToken cancel)
    {
        var answering = new List<HostShell>();
        FencingLease? lease = null;
        foreach (var server in servers)
            try
            {
                lease = await FencingLease.FindAsync(server, cancel) ?? lease;
                answering.Add(server);
            }
            catch (Exception silent) when (silent is HostException or RestoreException)
            {
                screen.Warn(Printable.Line(silent.Message));
            }
        return (answering, lease);
    }

    public CommandFailedException Silent => new($"{Name}: no cluster answers on {string.Join(" or ", Servers)}; look by 'ssh {Servers[0]} crm_mon -1'");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
    }
}
