namespace Relustre.Rules;

/// <summary>The servers of one Pacemaker cluster, in the order of their names: two as a rule, sometimes four.</summary>
public sealed record PairView(string Name, IReadOnlyList<ServerView> Servers)
{
    /// <summary>Every two of them.</summary>
    public IEnumerable<(ServerView One, ServerView Other)> Couples =>
        from one in Servers.Index()
        from other in Servers.Skip(one.Index + 1)
        select (one.Item, other);
}
