using Relustre.Facts;

namespace Relustre;

/// <summary>Pairs the cards of two states of a server: by what somebody said, by address, by slot, by use, and by what is left.</summary>
internal sealed class NicMatching(NetworkFacts? wanted, NetworkFacts? found)
{
    private static readonly string[] Virtual = ["docker", "virbr", "br-", "vnet", "dummy", "cni", "flannel"];

    private readonly List<NetworkFacts.Interface> had = [.. Cards(wanted)];
    private readonly List<NetworkFacts.Interface> has = [.. Cards(found)];
    private readonly List<NicMapping.Pair> pairs = [];
    private readonly List<string> notUnderstood = [];

    public NicMapping Run(IReadOnlyDictionary<string, string> told)
    {
        foreach (var (old, @new) in told)
            if (Find(had, old) is { } before && Find(has, @new) is { } now)
                Take(before, now, NicMapping.Reason.Told);
            else
                notUnderstood.Add($"{old}={@new}");
        Match(NicMapping.Reason.SameMac, NicMapping.MacOf);
        Match(NicMapping.Reason.SameSlot, nic => nic.PciAddress is { } slot ? $"{nic.Kind} {slot} {nic.Driver}" : null);
        foreach (var address in had.SelectMany(Addresses).ToList())
            if (had.Where(nic => Addresses(nic).Contains(address)).ToList() is [var before] && has.Where(nic => Addresses(nic).Contains(address)).ToList() is [var now])
                Take(before, now, NicMapping.Reason.SameAddress);
        Match(NicMapping.Reason.SameName, nic => $"{nic.Kind} {nic.Name}");
        foreach (var kind in had.Select(nic => nic.Kind).Distinct().ToList())
            if (had.Where(nic => nic.Kind == kind && IsUsed(nic)).ToList() is [var before] && has.Where(nic => nic.Kind == kind).ToList() is [var now])
                Take(before, now, NicMapping.Reason.LastOfItsKind);
        return new NicMapping
        {
            Pairs = [.. pairs.OrderBy(pair => pair.Wanted.Name, StringComparer.Ordinal)],
            Missing = had,
            New = has,
            NotUnderstood = notUnderstood,
            Doubtful = [.. pairs.Where(pair => pair.Reason is (NicMapping.Reason.SameName or NicMapping.Reason.LastOfItsKind) && IsUsed(pair.Wanted)).OrderBy(pair => pair.Wanted.Name, StringComparer.Ordinal)],
            Homeless = [.. had.Where(IsUsed)],
        };
    }

    // A key that two cards have says nothing.
    private void Match(NicMapping.Reason reason, Func<NetworkFacts.Interface, string?> key)
    {
        var candidates = has.Where(nic => key(nic) is not null).ToLookup(nic => key(nic));
        foreach (var same in had.Where(nic => key(nic) is not null).ToLookup(nic => key(nic)).ToList())
            if (same.ToList() is [var before] && candidates[same.Key].ToList() is [var now])
                Take(before, now, reason);
    }

    private void Take(NetworkFacts.Interface before, NetworkFacts.Interface now, NicMapping.Reason reason)
    {
        if (had.Remove(before) && has.Remove(now))
            pairs.Add(new NicMapping.Pair(before, now, reason));
    }

    private bool IsUsed(NetworkFacts.Interface nic) => nic.Master is not null || Addresses(nic).Any()
        || (wanted?.Profiles ?? []).Any(profile => profile.Device == nic.Name || (profile.Mac is { Length: > 0 } mac && mac == NicMapping.MacOf(nic)));

    private static NetworkFacts.Interface? Find(IEnumerable<NetworkFacts.Interface> nics, string word) =>
        nics.FirstOrDefault(nic => NicMapping.IsCalled(nic, word));

    private static IEnumerable<string> Addresses(NetworkFacts.Interface nic) =>
        from address in nic.Addresses
        let plain = address.Split('/')[0]
        where !plain.StartsWith("fe80:", StringComparison.OrdinalIgnoreCase)
        select plain;

    internal static IEnumerable<NetworkFacts.Interface> Cards(NetworkFacts? facts) =>
        from nic in facts?.Interfaces ?? []
        where nic.Kind is NetworkFacts.LinkKind.Ethernet or NetworkFacts.LinkKind.InfiniBand && NicMapping.MacOf(nic).Any(letter => letter is not ('0' or ':'))
        where nic.PciAddress is not null || !Virtual.Any(start => nic.Name.StartsWith(start, StringComparison.Ordinal))
        group nic by NicMapping.MacOf(nic) into same
        select same.First();
}
