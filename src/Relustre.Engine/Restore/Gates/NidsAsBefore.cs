using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>
/// Clients and the other servers know the targets by the NIDs of their servers, which stand in the file system's own configuration: a
/// server that comes back with another one serves nobody until a writeconf, for which the whole file system is stopped.
/// </summary>
public sealed class NidsAsBefore() : Gate(GateName, "this server has the LNet NIDs that it had")
{
    public const string GateName = "nids-as-before";

    private const string Look = """
        lctl list_nids 2>/dev/null | sed 's/^/nid /'
        ip -o addr show 2>/dev/null | awk '{ sub(/:$/, "", $2); sub(/\/.*/, "", $4); print "address", $2, $4 }'
        for card in /sys/class/net/*; do [ ! -e "$card" ] || echo "card ${card##*/}"; done
        echo looked
        """;

    // Of these an address is all of a NID; others have numbers of their own that only LNet knows.
    private static readonly string[] ipKinds = ["tcp", "o2ib"];

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var lnet = view.WantedOf<LnetFacts>();
        var wanted = Wanted(lnet, view.WantedOf<NetworkFacts>());
        if (wanted.Count == 0)
            return lnet is null or { Configured: [], ConfiguredBy: [] }
                ? Open($"the backup knows no LNet of {view.Name}")
                : Closed($"the backup does not tell which NIDs {view.Name} had", $"relustre show {view.Name} --component lnet");
        var answer = await view.Host.RunAsync(Question.Of(Look), cancel);
        if (!answer.IsDone || answer.Lines() is not [.. var lines, "looked"])
            return Closed($"{view.Name} does not tell its NIDs or addresses ({answer.Said()})", $"ssh {view.Name} 'lctl list_nids; ip addr'");
        var seen = lines.Select(line => line.Split(' ')).ToList();
        var live = seen.Where(line => line is ["nid", _]).Select(line => Normal(line[1])).ToHashSet();
        var lost = live.Count > 0 ? wanted.Where(nid => !live.Contains(nid)).ToList() : [.. wanted.Where(nid => !MayBecome(nid, lnet!, seen))];
        return lost.Count == 0
            ? Open(live.Count > 0 ? $"LNet has {wanted.Some()}" : $"LNet is down; the addresses of {wanted.Some()} are there")
            : Closed($"{view.Name} had {lost.Some()}, and {(live.Count > 0 ? $"now has {live.Order(StringComparer.Ordinal).ToList().Some()}" : "no interface of LNet's has that address")}: "
                + "clients and servers know its targets by that NID, and another one needs a writeconf of the whole file system while it is stopped. Give it the old address back",
                $"ssh {view.Name} 'lctl list_nids; ip -br addr; cat /etc/modprobe.d/*lustre* /etc/modprobe.d/*lnet* /etc/lnet.conf'");
    }

    // What LNet said itself, else what its options and the cards' addresses come to.
    private static List<string> Wanted(LnetFacts? lnet, NetworkFacts? network)
    {
        if (lnet is null)
            return [];
        var told = lnet.Nids.Count > 0 ? lnet.Nids : [.. lnet.Live.SelectMany(net => net.Nids)];
        var computed = from net in lnet.Configured
                       from card in net.Interfaces
                       let address = network?.Interfaces.FirstOrDefault(one => one.Name == card)?.Addresses.Select(address => address.Split('/')[0]).FirstOrDefault()
                       where address is not null
                       select $"{address}@{net.Name}";
        return [.. (told.Count > 0 ? told : computed).Select(Normal).Where(nid => !nid.EndsWith("@lo", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    // The address must be on a card that LNet's options name, unless no card has such a name any more.
    private static bool MayBecome(string nid, LnetFacts lnet, List<string[]> seen)
    {
        var (address, net) = (nid.Split('@')[0], nid.Split('@')[^1]);
        if (!ipKinds.Contains(net.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])) && net is not "o2ib")
            return false;
        var named = lnet.Configured.Where(one => Normal($"@{one.Name}") == $"@{net}").SelectMany(one => one.Interfaces).ToHashSet();
        var cards = seen.Where(line => line is ["card", var name] && named.Contains(name)).Select(line => line[1]).ToHashSet();
        return seen.Any(line => line is ["address", var card, var has] && has == address && (cards.Count == 0 || cards.Contains(card)));
    }

    // "tcp" and "tcp0" are one network.
    private static string Normal(string nid) => nid.EndsWith("@tcp0", StringComparison.Ordinal) || nid.EndsWith("@o2ib0", StringComparison.Ordinal) ? nid[..^1] : nid;
}
