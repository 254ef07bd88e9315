namespace Relustre.Rules;

/// <summary>What the servers of a pair say of one thing, worded once for all of them. Where most agree, the others are to be looked at.</summary>
internal sealed class PartnerValues(IReadOnlyList<(string Host, string Value)> told)
{
    private const int Longest = 200;

    /// <summary>The value that more than half have; null: none, as with two that differ.</summary>
    private readonly string? majority = told.GroupBy(one => one.Value).Where(same => same.Count() * 2 > told.Count).Select(same => same.Key).FirstOrDefault();

    public static PartnerValues Of(IReadOnlyList<ServerView> servers, Func<ServerView, string?> value) => new(
    [
        .. from server in servers
           let said = value(server)
           where said is not null
           select (server.Host, said),
    ]);

    public bool Differ => told.DistinctBy(one => one.Value).Skip(1).Any();

    /// <summary>The server to look at first.</summary>
    public string Host => Odd[0].Host;

    public string Wanted => majority is null ? $"the same on {Hosts(told)}" : $"{Short(majority)} (as on {Hosts(Even)})";

    public string Found => string.Join("; ", Odd.Select(one => $"{one.Host}: {Short(one.Value)}"));

    public string WantedSecret => $"the same on {Hosts(told)}";

    public string FoundSecret => majority is null
        ? $"{told[0].Host}'s differs from {told.First(one => one.Value != told[0].Value).Host}'s"
        : $"{Hosts(Odd)}: differs from {Even[0].Host}'s";

    private List<(string Host, string Value)> Odd => [.. told.Where(one => majority is null || one.Value != majority)];

    private List<(string Host, string Value)> Even => [.. told.Where(one => one.Value == majority)];

    public static string Hosts(IEnumerable<string> hosts) =>
        hosts.ToList() is [.. var first, var last] && first.Count > 0 ? $"{string.Join(", ", first)} and {last}" : string.Concat(hosts);

    public static string Short(string value) => value.Length > Longest ? $"{value[..Longest]}…" : value;

    private static string Hosts(IEnumerable<(string Host, string Value)> some) => Hosts(some.Select(one => one.Host));
}
