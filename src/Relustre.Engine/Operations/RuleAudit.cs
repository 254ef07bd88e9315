using System.Globalization;
using Relustre.Audit;
using Relustre.Rules;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Operations;

/// <summary>Adds to an audit what the rule book finds: on each server that was looked at, and between the servers of a pair.</summary>
internal sealed class RuleAudit(TreeCache trees, SiteIndexes indexes, DateTimeOffset now)
{
    private readonly RuleGuard guard = new();
    private readonly RuleBook book = RuleBook.BuiltIn;

    /// <summary>Servers that belong together.</summary>
    public IReadOnlyList<ServerCluster> Clusters { get; init; } = [];

    /// <summary>Whether partners are compared, too.</summary>
    public bool ComparesPartners { get; init; }

    /// <summary>The same servers with more findings. A pair's are told on one of them: on the first by name, as far as it was asked for.</summary>
    public async Task<IReadOnlyList<AuditedServer>> AddedAsync(
        IReadOnlyList<AuditedServer> audited, IReadOnlyList<SeenHost> seen, IReadOnlyDictionary<string, StoredSnapshot> newest, CancellationToken cancel)
    {
        var servers = seen.Select(host => Viewed(host, newest.GetValueOrDefault(host.Name))).OfType<ViewedServer>().ToDictionary(server => server.Host);
        var findings = new List<(string On, Finding Finding)>();
        foreach (var server in servers.Values)
            findings.AddRange((await OfServerAsync(server, cancel)).Select(finding => (server.Host, finding)));
        var standIns = new Dictionary<string, StoredSnapshot>();
        foreach (var cluster in Clusters.Where(cluster => ComparesPartners && cluster.Hosts.Any(servers.ContainsKey)))
        {
            var on = cluster.Hosts.FirstOrDefault(host => audited.Any(server => server.Host == host)) ?? audited[0].Host;
            findings.AddRange((await OfPairAsync(cluster, servers, newest, standIns, cancel)).Select(finding => (on, finding)));
        }
        var told = findings.DistinctBy(one => (one.Finding.Id, one.Finding.Host)).ToLookup(one => Place(one, audited), one => one.Finding);
        return [.. audited.Select(server => With(server, told[server.Host], standIns.GetValueOrDefault(server.Host)))];
    }

    private async Task<IReadOnlyList<Finding>> OfServerAsync(ViewedServer server, CancellationToken cancel)
    {
        var view = await server.WithFactsAsync(server.At(now), book.OfServers.SelectMany(rule => rule.Facts).Distinct(), cancel);
        return
        [
            .. from rule in book.OfServers
               from finding in guard.Checked(server.Host, rule.Name, () => rule.Check(view))
               // What the whole cluster is told has one name, whoever was asked.
               select rule is ClusterRule && ClusterOf(server.Host) is { } cluster ? finding with { Host = cluster.Hosts[0] } : finding,
        ];
    }

    private async Task<IReadOnlyList<Finding>> OfPairAsync(ServerCluster cluster, Dictionary<string, ViewedServer> servers,
        IReadOnlyDictionary<string, StoredSnapshot> newest, Dictionary<string, StoredSnapshot> standIns, CancellationToken cancel)
    {
        var members = new List<ViewedServer>();
        foreach (var host in cluster.Hosts)
            if (servers.GetValueOrDefault(host) is { } server)
                members.Add(server);
            else if (newest.GetValueOrDefault(host) is { } snapshot)
                members.Add(new ViewedServer(host, new StoredServer(trees, standIns[host] = snapshot)) { Backup = new StoredServer(trees, snapshot) });
        return members.Count < 2 ? [] : await new PairAudit(indexes.OfAll(cluster.Hosts).Catalogue, book, guard).OfAsync(cluster.Name, members, now, cancel);
    }

    private ViewedServer? Viewed(SeenHost seen, StoredSnapshot? backup) => seen.Server is not { } server ? null : new ViewedServer(seen.Name, server)
    {
        ClockOffset = seen.ClockOffset,
        Backup = backup is null ? null : new StoredServer(trees, backup),
        Partners = [.. (ClusterOf(seen.Name)?.Hosts ?? []).Where(host => host != seen.Name)],
    };

    private ServerCluster? ClusterOf(string host) => Clusters.FirstOrDefault(cluster => cluster.Hosts.Contains(host));

    // The server that it is about, if that was asked for, else the one on which it was seen.
    private static string Place((string On, Finding Finding) one, IReadOnlyList<AuditedServer> audited) =>
        audited.Any(server => server.Host == one.Finding.Host) ? one.Finding.Host : one.On;

    private AuditedServer With(AuditedServer server, IEnumerable<Finding> findings, StoredSnapshot? standIn) => server with
    {
        Findings = [.. server.Findings, .. findings],
        Problems = [.. server.Problems, .. guard.Problems.Where(one => one.Host == server.Host).Select(one => one.Problem)],
        Failure = server.Failure is { } failure && standIn is not null
            ? $"{failure}; for its partner its snapshot of {standIn.Record.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC stood in"
            : server.Failure,
    };
}
