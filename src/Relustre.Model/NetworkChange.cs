using Relustre.Facts;
using Relustre.Steps;

namespace Relustre;

/// <summary>
/// Puts the network back without cutting off whoever does it: where addresses change, the server itself puts back what it had
/// unless it hears from us over a new connection in time.
/// </summary>
internal static class NetworkChange
{
    public const string Folder = "/var/lib/relustre/network";

    /// <summary>Seconds until the server puts back what it had.</summary>
    public const int Patience = 120;

    // Once for each plan; while a fall-back is armed, what is saved must stay what it was.
    private const string Save = """
        set -e; umask 077; d=$1; shift
        if [ -e "$d/armed" ] && [ ! -e "$d/decided" ]; then
          kill -0 "$(cat "$d/armed")" 2>/dev/null && { echo "the network is being changed already: wait two minutes and run the same command again" >&2; exit 1; }
        fi
        rm -rf -- "$d"; mkdir -p -- "$d"
        for f; do [ -e "$f" ] || [ -h "$f" ] && printf '%s\n' "$f" || printf '%s\n' "$f" >>"$d/new"; done >"$d/old"
        tar -cf "$d/saved.tar" -P -T "$d/old"; sync
        """;

    // Whoever makes the folder "decided" first decides: the fall-back, or a confirmation. All of it outlives the connection.
    private const string Switch = """
        set -e; umask 077; d=$1 limit=$2; cd "$d"
        [ ! -e armed ] || exit 0
        cat >reapply <<'EOF'
        if [ -d /etc/netplan ] && command -v netplan >/dev/null && ls /etc/netplan/*.yaml >/dev/null 2>&1; then netplan apply
        elif command -v nmcli >/dev/null && [ "$(LC_ALL=C nmcli -t -f RUNNING general 2>/dev/null)" = running ]; then nmcli connection reload; nmcli networking off; nmcli networking on
        elif command -v systemctl >/dev/null && systemctl -q is-active systemd-networkd 2>/dev/null; then systemctl restart systemd-networkd
        elif command -v systemctl >/dev/null && systemctl cat network.service >/dev/null 2>&1; then systemctl restart network.service
        elif [ -x /etc/init.d/network ]; then service network restart
        elif command -v systemctl >/dev/null && systemctl cat networking.service >/dev/null 2>&1; then systemctl restart networking.service
        elif command -v ifdown >/dev/null; then ifdown -a; ifup -a
        else echo "no program for the network is known here"; fi
        EOF
        cat >run <<'EOF'
        d=$1 limit=$2; cd "$d"; sleep 1
        sh reapply >applied.log 2>&1; : >applied
        while [ "$limit" -gt 0 ]; do [ -e run ] && [ ! -e decided ] || exit 0; limit=$((limit - 1)); sleep 1; done
        mkdir decided || exit 0
        [ ! -e new ] || while IFS= read -r f; do rm -f -- "$f"; done <new
        tar -xpPf saved.tar; sync; sh reapply >fallback.log 2>&1; : >decided/back
        EOF
        if command -v setsid >/dev/null; then setsid sh run "$d" "$limit" </dev/null >/dev/null 2>&1 &
        else nohup sh run "$d" "$limit" </dev/null >/dev/null 2>&1 & fi
        echo $! >armed
        """;

    public static IReadOnlyList<RestoreStep> Steps(IReadOnlyList<RestoreStep> changes, NetworkFacts? wanted, NetworkFacts? found, bool waitsForBoot)
    {
        if (changes.Count == 0 || waitsForBoot || !ChangesAddresses(wanted, found))
            return changes;
        List<string> paths =
        [
            .. from change in changes
               let path = change switch
               {
                   WriteFile write => write.File.Path,
                   MakeLink link => link.Link.Path,
                   RemoveFile { IsFolder: false } removal => removal.Path,
                   _ => null,
               }
               where path is not null
               select path,
        ];
        return
        [
            new RunTool("save the present network settings on the server", StepScript.Command("save-network", Save, [Folder, .. paths])),
            .. changes,
            new RunTool($"apply the network; without word over a new connection within {Patience} s the server puts back what it had", StepScript.Command("switch-network", Switch, Folder, $"{Patience}")),
            new ConfirmNetwork(Folder),
        ];
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
