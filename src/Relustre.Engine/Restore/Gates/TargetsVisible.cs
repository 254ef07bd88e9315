using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>
/// Every target's disk is there under the name that the cluster mounts it by, and is the very LUN that it was; and storage knows the
/// server by the host id that it had. A disk under another's name, or a stranger's id, is how targets are lost.
/// </summary>
public sealed class TargetsVisible() : Gate(GateName, "this server sees the disk of every target by its WWID, and has its old host id")
{
    public const string GateName = "targets-visible";

    private const string ById = "/dev/disk/by-id";

    // Where a name or an id leads, word by word; the kernel's own name is good until the next boot and only compares.
    private const string Look = """
        for place; do
            case $place in
                id:*) real=
                    for kind in dm-uuid-mpath- scsi-3 scsi- wwn-0x nvme-eui. nvme-uuid. nvme- ''; do
                        id=${place#id:}; [ "$kind" != scsi-3 ] || id=${id#3}
                        [ -n "$real" ] || real=$(readlink -e -- "/dev/disk/by-id/$kind$id")
                    done ;;
                pool:*) real=
                    if zpool list -H -o name 2>/dev/null | grep -qxF -- "${place#pool:}"; then real=imported
                    elif zpool import 2>/dev/null | awk '$1 == "pool:" { print $2 }' | grep -qxF -- "${place#pool:}"; then real=seen; fi ;;
                *) real=$(readlink -e -- "$place") ;;
            esac
            echo "at ${real:--} $place"
        done
        if [ -s /etc/hostid ]; then echo "hostid $(od -An -tx4 -N4 /etc/hostid | tr -d ' ')"; else echo "hostid none"; fi
        """;

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var disks = TargetDisk.Of(view.WantedOf<MultipathFacts>(), view.WantedOf<SystemFacts>()?.HostName ?? view.Name, view.Wanted.Values);
        var answer = await view.Host.RunAsync(Question.Of(Look, [.. disks.SelectMany(disk => disk.Places).Distinct()]), cancel);
        if (!answer.IsDone || answer.After("hostid") is not { Length: > 0 } hostId)
            return Closed($"{view.Name} does not tell which disks it sees ({answer.Said()})", $"ssh {view.Name} ls -l /dev/mapper {ById}");
        var found = answer.Lines().Select(line => line.Split(' ', 3)).Where(words => words is ["at", _, _]).GroupBy(words => words[2]).ToDictionary(place => place.Key, place => place.First()[1]);
        var troubles = disks.Select(disk => disk.Trouble(place => found.GetValueOrDefault(place, "-"))).OfType<string>().ToList();
        if (troubles.Count > 0)
            return Closed(string.Join("; ", troubles.Take(4)) + (troubles.Count > 4 ? $"; and {troubles.Count - 4} more" : ""), $"ssh {view.Name} 'multipath -ll; ls -l /dev/mapper {ById}'");
        return await HostIdAsync(view, hostId, cancel) is { } foreign
            ? Closed(foreign, $"ssh {view.Name} 'hostid; od -An -tx4 /etc/hostid'")
            : Open(disks.Count == 0 ? $"the backup names no target of {view.Name}" : $"{view.Name} sees {disks.Select(disk => disk.Target).ToList().Some()}");
    }

    private static async Task<string?> HostIdAsync(GateView view, string found, CancellationToken cancel)
    {
        var wanted = view.WantedOf<SystemFacts>() is { HostIdIsFixed: true, HostId: { } id } ? id : null;
        if (wanted is not null && found != wanted)
            return $"{view.Name}'s host id is {found}, and was {wanted}: pools and targets that it used last look like another system's; restore /etc/hostid before anything sees them";
        if (found == "00000000")
            return $"{view.Name}'s host id is zero, which protects no pool";
        foreach (var partner in view.Partners)
        {
            var answer = await partner.RunAsync(Question.Of(Look), cancel);
            if (!answer.IsDone || answer.After("hostid") is not { Length: > 0 } other)
                return $"{partner.Host.Name} does not tell its host id ({answer.Said()})";
            if (other == found && found != "none")
                return $"{view.Name} and {partner.Host.Name} have the same host id {found}: both may import the same pool";
        }
        return null;
    }
}
