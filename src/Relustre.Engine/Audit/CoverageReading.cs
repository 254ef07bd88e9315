using Relustre.Snapshots;

namespace Relustre.Audit;

/// <summary>Understands what a server answered about its own configuration. Total: a line that makes no sense says nothing.</summary>
internal sealed class CoverageReading
{
    // Nothing else on these is configuration; Lustre's and ZFS's are known to components of their own.
    private static readonly string[] FileSystems = ["ext2", "ext3", "ext4", "xfs", "btrfs", "vfat", "nfs", "nfs4", "cifs", "smb3", "9p", "gpfs", "beegfs", "ocfs2", "gfs2", "ceph"];

    private readonly SortedSet<string> paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (HashSet<string> Digests, string Package)> owned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> sums = new(StringComparer.Ordinal);
    private readonly List<(string Unit, string Path)> units = [];
    private readonly List<(string Folder, string Type)> mounts = [];
    private readonly HashSet<string> planned = new(StringComparer.Ordinal);

    private bool isRoot;

    public CoverageReading(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Take(line.Split('\t'));
    }

    public CoverageReport Report(string host, CatalogueIndex index)
    {
        var gaps = new List<CoverageGap>();
        var (captured, leftOut) = (0, 0);
        foreach (var path in paths)
        {
            if (ReasonOf(path) is not { } gap)
                continue;
            if (index.ComponentsOf(path).Count > 0)
                captured++;
            else if (CoverageNoise.Has(path))
                leftOut++;
            else
                gaps.Add(gap);
        }
        gaps.AddRange(Units(index));
        gaps.AddRange(Mounts());
        return new(host)
        {
            Captured = captured,
            Gaps = [.. gaps.DistinctBy(gap => gap.Path).OrderBy(gap => gap.Reason).ThenBy(gap => gap.Path, StringComparer.Ordinal)],
            LeftOut = leftOut,
            IsRoot = isRoot,
            KnowsPackages = owned.Count > 0,
        };
    }

    private void Take(string[] fields)
    {
        switch (fields)
        {
            case ["f" or "l", ['.', '/', ..] path]:
                paths.Add(path[1..]);
                break;
            case ["owned", var digest, var package, ['/', ..] path]:
                if (!owned.TryGetValue(path, out var known))
                    owned[path] = known = ([], package);
                if (digest.Length > 0)
                    known.Digests.Add(digest);
                break;
            case ["sum", var sum] when sum.IndexOf("  ./", StringComparison.Ordinal) is > 0 and var end:
                if (!sums.TryGetValue(sum[(end + 3)..], out var found))
                    sums[sum[(end + 3)..]] = found = [];
                found.Add(sum[..end]);
                break;
            case ["unit", var unit, ['/', ..] path]:
                units.Add((unit, path));
                break;
            case ["mount", var folder, var type]:
                mounts.Add((folder, type));
                break;
            case ["planned", var folder]:
                planned.Add(folder.TrimEnd('/'));
                break;
            case ["user", var user]:
                isRoot = user == "0";
                break;
        }
    }

    // A digest of another kind than we took says nothing about the content.
    private CoverageGap? ReasonOf(string path)
    {
        if (!owned.TryGetValue(path, out var package))
            return new(path, CoverageReason.Unpackaged, null);
        var known = sums.GetValueOrDefault(path)?.Where(sum => package.Digests.Any(digest => digest.Length == sum.Length)).ToList();
        return known is { Count: > 0 } && !known.Any(package.Digests.Contains) ? new(path, CoverageReason.Changed, package.Package) : null;
    }

    // What lies under /etc is among the files; /run goes with the next start.
    private IEnumerable<CoverageGap> Units(CatalogueIndex index) =>
        from unit in units
        where !unit.Path.StartsWith("/run/", StringComparison.Ordinal) && !unit.Path.StartsWith("/etc/", StringComparison.Ordinal)
        where !IsOwned(unit.Path) && index.ComponentsOf(unit.Path).Count == 0
        select new CoverageGap(unit.Path, CoverageReason.Unit, unit.Unit);

    private bool IsOwned(string path) => owned.Count == 0 || owned.ContainsKey(path) || owned.ContainsKey("/usr" + path)
        || (path.StartsWith("/usr/", StringComparison.Ordinal) && owned.ContainsKey(path[4..]));

    private IEnumerable<CoverageGap> Mounts() =>
        from mount in mounts
        where FileSystems.Contains(mount.Type) || mount.Type.StartsWith("fuse.", StringComparison.Ordinal)
        where !planned.Contains(mount.Folder.TrimEnd('/'))
        where !mount.Folder.StartsWith("/run/", StringComparison.Ordinal) && !mount.Folder.StartsWith("/etc/", StringComparison.Ordinal)
        select new CoverageGap(mount.Folder, CoverageReason.Mount, mount.Type);
}
