using Relustre.Facts;

namespace Relustre;

/// <summary>Which card of a server takes the place of which card that it had, and why we think so.</summary>
public sealed record NicMapping
{
    public enum Reason
    {
        /// <summary>Somebody said so.</summary>
        Told,
        SameMac,

        /// <summary>Another card in the same slot, with the same driver.</summary>
        SameSlot,

        /// <summary>It has the address that the other had.</summary>
        SameAddress,

        /// <summary>It only goes by the same name.</summary>
        SameName,

        /// <summary>Nothing else is left on either side.</summary>
        LastOfItsKind,
    }

    public required IReadOnlyList<Pair> Pairs { get; init; }

    /// <summary>Cards that the server had and for which nothing was found, those without profile and address too.</summary>
    public required IReadOnlyList<NetworkFacts.Interface> Missing { get; init; }

    /// <summary>Cards that it has and that take nobody's place.</summary>
    public required IReadOnlyList<NetworkFacts.Interface> New { get; init; }

    /// <summary>What somebody said of a card that is not there: as <c>OLD=NEW</c>.</summary>
    public required IReadOnlyList<string> NotUnderstood { get; init; }

    /// <summary>Every card that was in use has a successor, and none by its name or by what was left alone.</summary>
    public bool IsCertain => NotUnderstood.Count == 0 && Homeless.Count == 0 && Doubtful.Count == 0;

    /// <summary>Pairs of cards in use that only their name tells, or that nothing else was left.</summary>
    public required IReadOnlyList<Pair> Doubtful { get; init; }

    /// <summary>Cards that were in use and for which nothing was found.</summary>
    public required IReadOnlyList<NetworkFacts.Interface> Homeless { get; init; }

    /// <summary>For <see cref="RestoreContext.Macs"/>: those that change.</summary>
    public IReadOnlyDictionary<string, string> Macs => Pairs.Where(pair => MacOf(pair.Wanted) != MacOf(pair.Found)).ToDictionary(pair => MacOf(pair.Wanted), pair => MacOf(pair.Found));

    /// <param name="told">Names or MAC addresses of cards that the server had, and of those that take their places.</param>
    public static NicMapping Between(NetworkFacts? wanted, NetworkFacts? found, IReadOnlyDictionary<string, string> told) => new NicMatching(wanted, found).Run(told);

    /// <summary>Of the card itself: a bond gives its members one address. Lower case.</summary>
    public static string MacOf(NetworkFacts.Interface nic) => (nic.PermanentMac ?? nic.Mac ?? "").ToLowerInvariant();

    /// <summary>Those that count as cards: no bridges, no bonds.</summary>
    public static IReadOnlyList<NetworkFacts.Interface> Cards(NetworkFacts? facts) => [.. NicMatching.Cards(facts)];

    /// <summary>Whether a person who types a name or an address means this card.</summary>
    public static bool IsCalled(NetworkFacts.Interface nic, string word) =>
        nic.Name == word || MacOf(nic).Equals(word, StringComparison.OrdinalIgnoreCase) || word.Equals(nic.Mac, StringComparison.OrdinalIgnoreCase);

    /// <summary>Cards for people, by name and address.</summary>
    public static string Listed(IReadOnlyList<NetworkFacts.Interface> cards) =>
        string.Join(", ", cards.Select(nic => $"{nic.Name} ({MacOf(nic)})").Order(StringComparer.Ordinal).DefaultIfEmpty("none that is known"));

    public sealed record Pair(NetworkFacts.Interface Wanted, NetworkFacts.Interface Found, Reason Reason)
    {
        /// <summary>As "eth1 (00:25:90:aa:bb:02) becomes ens5 (52:54:00:00:00:01): the same slot and driver".</summary>
        public override string ToString() => $"{Wanted.Name} ({MacOf(Wanted)}) becomes {Found.Name} ({MacOf(Found)}): {Words}";

        private string Words => Reason switch
        {
            Reason.Told => "as you said",
            Reason.SameMac => "the same address of the card",
            Reason.SameSlot => "the same slot and driver",
            Reason.SameAddress => "it has the other's IP address",
            Reason.SameName => "only the name is the same",
            _ => "no other is left",
        };
    }
}
