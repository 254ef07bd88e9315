using Relustre.Cli.Output;
using Relustre.Hosts;
using Relustre.Restore;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>The servers of a pair, asked for a lease of their cluster.</summary>
internal sealed class AskedCluster(string name, IReadOnlyList<HostShell> servers, LeaseKind kind) : IAsyncDisposable
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Servers => [.. servers.Select(server => server.Host.Name)];

    /// <summary>Whole pairs, also where one server of it was named; none named: all of the site.</summary>
    public static IReadOnlyList<AskedCluster> Of(Site site, IReadOnlyList<string> names, LeaseKind kind, TimeProvider clock) =>
    [
        .. from cluster in site.Choose(names).Select(entry => entry.Pair ?? entry.Name).Distinct()
           let members = site.File.Hosts.Where(host => host.Pair == cluster).ToList()
           select new AskedCluster(cluster, [.. (members.Count > 0 ? members : site.Choose([cluster])).Select(entry => new HostShell(site.HostOf(entry), clock))], kind),
    ];

    /// <summary>All of them are asked: a server that is stopped knows nothing of a lease that its partner knows.</summary>
    public async Task<AskedLease> AskAsync(CancellationToken cancel)
    {
        var answering = new List<HostShell>();
        var silences = new List<string>();
        (ClusterLease? Lease, string? Setting) told = (null, null);
        foreach (var server in servers)
            try
            {
                var (lease, setting) = await ClusterLease.FindAsync(kind, server, cancel);
                told = (lease ?? told.Lease, setting ?? told.Setting);
                answering.Add(server);
            }
            catch (Exception silent) when (silent is HostException or RestoreException)
            {
                silences.Add(Printable.Line(silent.Message));
            }
        return new AskedLease(answering, told.Lease, told.Setting, silences);
    }

    /// <summary>The same for a verb that needs somebody who answers; those who do not are told of.</summary>
    /// <exception cref="CommandFailedException">Nobody answers.</exception>
    public async Task<AskedLease> AskAsync(Screen screen, CancellationToken cancel)
    {
        var asked = await AskAsync(cancel);
        foreach (var silence in asked.Silences)
            screen.Warn(silence);
        return asked.Answering.Count > 0 ? asked : throw new CommandFailedException($"{Name}: no cluster answers on {string.Join(" or ", Servers)}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
    }
}
