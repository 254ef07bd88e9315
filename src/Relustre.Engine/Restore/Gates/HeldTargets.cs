using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>Asks a server which of the targets that a backup names it has mounted, and which of their pools it has imported.</summary>
internal static class HeldTargets
{
    // The lab's and older targets are mounted as ldiskfs or ext4: known by their folders and devices. A pool that is imported is held.
    private const string Look = """
        [ -r /proc/mounts ] || exit 1
        awk '($3 == "lustre" && $1 !~ /:\//) || $3 == "lustre_tgt" { print "mounted", $2 }' /proc/mounts
        for place; do
            real=$(readlink -f -- "$place" 2>/dev/null)
            PLACE=$place REAL=${real:-$place} awk '$2 == ENVIRON["PLACE"] || $1 == ENVIRON["PLACE"] || $1 == ENVIRON["REAL"] { print "mounted", $2 }' /proc/mounts
        done
        if command -v zpool >/dev/null 2>&1 && [ -e /dev/zfs ]; then zpool list -H -o name 2>/dev/null | sed 's/^/pool /'; fi
        echo looked
        """;

    /// <summary>Each with what it is (<c>mounted /mnt/MGS</c>); null: the server does not tell.</summary>
    /// <exception cref="Hosts.HostException">It cannot be reached.</exception>
    public static async Task<IReadOnlyList<string>?> AskAsync(HostShell shell, IEnumerable<ComponentFacts> wanted, CancellationToken cancel)
    {
        var facts = wanted.ToList();
        var places = TargetMounts.Of(facts).SelectMany(target => new[] { target.MountPoint, target.Device }).OfType<string>().Where(place => place.StartsWith('/')).Distinct();
        var answer = await shell.RunAsync(Question.Of(Look, [.. places]), cancel);
        if (answer.Lines() is not [.. var held, "looked"] || !answer.IsDone)
            return null;
        var pools = facts.OfType<ZfsFacts>().SelectMany(zfs => zfs.Pools).Select(pool => $"pool {pool.Name}").ToHashSet();
        return [.. held.Where(line => line.StartsWith("mounted ", StringComparison.Ordinal) || pools.Contains(line)).Distinct()];
    }
}
