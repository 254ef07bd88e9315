using System.Text;
using Relustre.Formats;

namespace Relustre;

/// <summary>
/// An fstab of two servers: lines that name this disk are the new system's, and those that name anything else are the backup's.
/// </summary>
internal static class FileSystemTable
{
    public const string Path = "/etc/fstab";

    private static readonly string[] Elsewhere =
        ["nfs", "nfs4", "cifs", "smb3", "lustre", "gpfs", "glusterfs", "ceph", "fuse.sshfs", "9p", "tmpfs", "ramfs", "hugetlbfs", "configfs", "debugfs", "none"];

    /// <summary>The backup's state with an fstab that fits this server's disk.</summary>
    public static ComponentState OnThisDisk(ComponentState wanted, ComponentState found)
    {
        if (wanted.File(Path) is not { Kind: FileKind.File } file)
            return wanted;
        var text = Merged(file.Text, found.Text(Path) ?? "");
        return wanted with { Files = [.. wanted.Files.Select(other => other == file ? (found.File(Path) ?? file) with { Content = Encoding.UTF8.GetBytes(text) } : other)] };
    }

    /// <summary>Where network and shared file systems are mounted.</summary>
    public static IEnumerable<string> MountPoints(string text) =>
        from row in Lines.Rows(text) where IsElsewhere(row) && row[1].StartsWith('/') select Unescaped(row[1]);

    /// <summary>Local file systems of the backup of which this server has none: their mount points.</summary>
    public static IEnumerable<string> Lost(string wanted, string found) =>
        Local(wanted).Except(Local(found)).Where(point => point.StartsWith('/')).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Local(string text) => from row in Lines.Rows(text) where row.Length > 2 && !IsElsewhere(row) select row[1];

    private static string Merged(string wanted, string found)
    {
        var ours = wanted.ReplaceLineEndings("\n").Split('\n').Where(line => Row(line) is { } row && IsElsewhere(row)).ToList();
        var places = ours.Select(line => Row(line)![1]).ToHashSet(StringComparer.Ordinal);
        // In its place where this server has the line already, so that an order that somebody chose stays.
        var lines = new List<string>();
        var left = new List<string>(ours);
        foreach (var line in found.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (Row(line) is not { } row || !places.Contains(row[1]))
                lines.Add(line);
            else if (left.Find(candidate => Row(candidate)![1] == row[1]) is { } own)
            {
                lines.Add(own);
                left.Remove(own);
            }
        }
        return string.Join('\n', lines.Concat(left).SkipWhile(line => line.Length == 0)) + "\n";
    }

    private static string[]? Row(string line) => Lines.Rows(line).FirstOrDefault() is { Length: > 2 } row ? row : null;

    private static bool IsElsewhere(string[] row) => row.Length > 2
        && (Elsewhere.Contains(row[2]) || row[0].StartsWith("/dev/mapper/mpath", StringComparison.Ordinal)
            || (row.ElementAtOrDefault(3) ?? "").Split(',').Any(option => option is "_netdev" or "bind" or "rbind"));

    // fstab writes a space as \040.
    private static string Unescaped(string path) => path.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal);
}
