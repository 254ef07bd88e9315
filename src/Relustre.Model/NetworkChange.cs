using Relustre.Facts;

namespace Relustre;

/// <summary>
/// Puts the network back without cutting off whoever does it: where addresses change, the server itself puts back what it had
/// unless it hears from us over a new connection in time.
/// </summary>
internal static class NetworkChange
{
    public const string Folder = "/var/lib/relustre/network";

    private const string Reapply = """
        if [ -d /etc/netplan ] && command -v netplan >/dev/null && ls /etc/netplan/*.yaml >/dev/null 2>&1; then netplan apply
        elif command -v nmcli >/dev/null && [ "$(LC_ALL=C nmcli -t -f RUNNING general 2>/dev/null)" = running ]; then nmcli connection reload; nmcli networking off; nmcli networking on
        elif command -v systemctl >/dev/null && systemctl -q is-active systemd-networkd 2>/dev/null; then systemctl restart systemd-networkd
        elif command -v systemctl >/dev/null && systemctl cat network.service >/dev/null 2>&1; then systemctl restart network.service
        elif [ -x /etc/init.d/network ]; then service network restart
        elif command -v systemctl >/dev/null && systemctl cat networking.service >/dev/null 2>&1; then systemctl restart networking.service
        elif command -v ifdown >/dev/null; then ifdown -a; ifup -a
        else echo "no program for the network is known here"; fi
        """;

    public static IReadOnlyList<RestoreStep> Steps(IReadOnlyList<RestoreStep> changes, NetworkFacts? wanted, NetworkFacts? found, bool waitsForBoot)
    {
        if (changes.Count == 0 || waitsForBoot || !ChangesAddresses(wanted, found))
            return changes;
        return new FallBack(Folder, "network", Reapply).Around(changes);
    }

    /// <summary>Whether a live address comes or goes. Where nobody knows what is live, nothing is applied either.</summary>
    public static bool ChangesAddresses(NetworkFacts? wanted, NetworkFacts? found)
    {
        if (wanted is null || found is null || found.Interfaces.Count == 0)
            return false;
        var live = (from nic in found.Interfaces
                    where nic.Kind != NetworkFacts.LinkKind.Loopback
                    from address in nic.Addresses
                    where !address.Contains(':', StringComparison.Ordinal)
                    select (nic.Name, Address: address.Split('/')[0])).ToHashSet();
        var used = wanted.Profiles.Where(profile => profile.StartsAtBoot && profile.Device is not (null or "lo")).ToList();
        var shall = (from profile in used from address in profile.Addresses where !address.Contains(':', StringComparison.Ordinal) select (Name: profile.Device!, Address: address.Split('/')[0])).ToHashSet();
        // What a server is given by DHCP is not in its profiles.
        var given = used.Where(profile => profile.Method is "dhcp" or "auto" or "bootp").Select(profile => profile.Device!).ToHashSet();
        return !shall.IsSubsetOf(live) || live.Any(pair => !shall.Contains(pair) && !given.Contains(pair.Name)) || given.Any(name => live.All(pair => pair.Name != name));
    }
}
