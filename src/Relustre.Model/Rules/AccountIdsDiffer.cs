using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>An account that both servers have, under different numbers.</summary>
internal sealed class AccountIdsDiffer() : PairRule("account-ids-differ", "identity", Risk.Security)
{
    private static readonly string[] cluster = ["hacluster", "haclient"];

    public override string Why => "files and permissions go by numbers: what belongs to one account here belongs to another after a failover";

    public override string Source => "IML's specification: an MDS has the clients' users; appendix C puts passwd back as a whole, and hacluster must own /var/lib/pacemaker";

    public override string NextStep => "decide for one number, change it on the server that serves nothing ('usermod -u', 'groupmod -g'), then the owner of its files";

    public override IReadOnlyList<string> Facts => ["identity", "system"];

    public override IReadOnlyList<string> Covers => ["/etc/passwd: *", "/etc/group: *"];

    public override IEnumerable<Finding> Check(PairView pair) => [.. Of(pair, "user", Users), .. Of(pair, "group", Groups)];

    private IEnumerable<Finding> Of(PairView pair, string kind, Func<ServerView, IEnumerable<Account>> accounts)
    {
        var known = pair.Servers.Where(server => server.Fact<IdentityFacts>() is not null)
            .ToDictionary(server => server.Host, server => accounts(server).DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Told));
        return from name in pair.Servers.SelectMany(server => accounts(server).Where(one => IsShared(server, one)).Select(one => one.Name)).Distinct().Order(StringComparer.Ordinal)
               from finding in WhereTheyDiffer(pair, $"{kind} {name}", server => known.GetValueOrDefault(server.Host) is { } there ? there.GetValueOrDefault(name) ?? "(not there)" : null)
               select finding with { Risk = cluster.Contains(name) ? Risk.RecoveryAtRisk : Risk };
    }

    // The numbers of other system accounts are what their packages found free.
    private static bool IsShared(ServerView server, Account account) =>
        cluster.Contains(account.Name) || (account.Id >= FirstPerson(server) && account.Id < 60000);

    private static uint FirstPerson(ServerView server) => server.Fact<SystemFacts>()?.EnterpriseLinux is <= 6 ? 500u : 1000u;

    private static IEnumerable<Account> Users(ServerView server) =>
        (server.Fact<IdentityFacts>()?.Users ?? []).Select(user => new Account(user.Name, user.Id, $"{user.Id}, group {user.GroupId}"));

    private static IEnumerable<Account> Groups(ServerView server) =>
        from account in server.Fact<IdentityFacts>()?.Groups ?? []
        let members = string.Join(", ", account.Members.Order(StringComparer.Ordinal))
        select new Account(account.Name, account.Id, members.Length > 0 ? $"{account.Id}, with {members}" : $"{account.Id}");

    private sealed record Account(string Name, uint Id, string Told);
}
