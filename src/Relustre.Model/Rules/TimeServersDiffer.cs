using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>Servers of a pair that ask different clocks.</summary>
internal sealed class TimeServersDiffer() : PairRule("time-servers-differ", "time-sync", Risk.Config)
{
    public override string Why => "the clocks of a pair drift apart when they do not follow the same ones";

    public override string Source => "IML writes the manager into ntp.conf on every server; appendix C restores that file";

    public override string NextStep => "give both the same time servers";

    public override IReadOnlyList<string> Facts => ["time-sync", "system", "network", "name-resolution"];

    public override IReadOnlyList<string> Covers => ["*: server*", "*: pool*", "*: peer*"];

    public override IEnumerable<Finding> Check(PairView pair)
    {
        var own = pair.Servers.Select(server => new OwnNames(server)).ToList();
        return WhereTheyDiffer(pair, "time servers", server => Servers(server, own));
    }

    // Partners may ask each other as well.
    private static string Servers(ServerView server, List<OwnNames> pair) =>
        string.Join(", ", from one in server.Fact<TimeSyncFacts>()?.Servers ?? []
                          where !pair.Any(own => own.Is(one.Address) == true)
                          group one by one.Address into same
                          orderby same.Key
                          select same.Key) is { Length: > 0 } some ? some : "(none)";
}
