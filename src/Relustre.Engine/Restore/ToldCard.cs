using Relustre.Facts;

namespace Relustre.Restore;

/// <summary>What somebody said of a network card where a whole pair is recovered: which one takes its place. Names or MAC addresses.</summary>
/// <param name="Host">The server; null: the only one of the pair that had such a card.</param>
public sealed record ToldCard(string? Host, string Old, string New)
{
    public override string ToString() => $"--nic {(Host is null ? "" : $"{Host}:")}{Old}={New}";

    /// <summary>Whether this is how a plan takes it.</summary>
    public bool IsIn(RestorePlan plan) => plan.Servers.Any(server => (Host is null || Host == server.Host) && server.Macs.GetValueOrDefault(Old) == New);

    /// <summary>Gives each server what was said of its own cards.</summary>
    /// <exception cref="RestoreException">Nobody can tell whose card is meant, or it was spoken of twice.</exception>
    internal static async Task<IReadOnlyList<LostServer>> GiveAsync(IReadOnlyList<ToldCard> cards, IReadOnlyList<LostServer> servers, CancellationToken cancel)
    {
        var told = servers.ToDictionary(server => server.Host, _ => new Dictionary<string, string>());
        foreach (var card in cards)
            if (!told[card.Host ?? await card.OwnerAsync(servers, cancel)].TryAdd(card.Old, card.New))
                throw new RestoreException($"{card}: say it once for each card");
        return [.. servers.Select(server => server with { Macs = told[server.Host] })];
    }

    // Cards of partners mostly have the same names, and never the same addresses.
    private async Task<string> OwnerAsync(IReadOnlyList<LostServer> servers, CancellationToken cancel)
    {
        var had = new List<(string Host, IReadOnlyList<NetworkFacts.Interface> Cards)>();
        foreach (var server in servers)
            had.Add((server.Host, NicMapping.Cards((await server.Wanted.FactsAsync(cancel)).Values.OfType<NetworkFacts>().FirstOrDefault())));
        var owners = had.Where(one => one.Cards.Any(card => NicMapping.IsCalled(card, Old))).Select(one => one.Host).ToList();
        return owners switch
        {
            [var only] => only,
            [] => throw new RestoreException($"{this}: there is no such card: {string.Join("; ", had.Select(one => $"{one.Host} had {NicMapping.Listed(one.Cards)}"))}"),
            _ => throw new RestoreException($"{this}: {string.Join(" and ", owners)} had such a card: say whose is meant, as {string.Join(" or ", owners.Select(owner => this with { Host = owner }))}"),
        };
    }
}
